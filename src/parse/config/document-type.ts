/** The type of the config's own objects. */
export const API_VERSION = 'postern.dev/v1alpha1';
export const KIND = 'NetworkPolicyGenerator';
