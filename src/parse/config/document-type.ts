/** The type of the config's own objects. */
export const API_VERSION = 'postern.dev/v1alpha1';
export const KIND = 'NetworkPolicyGenerator';
/** With the same spec: the function changes nothing, and says what does not hold. */
export const CHECK_KIND = 'NetworkPolicyCheck';
