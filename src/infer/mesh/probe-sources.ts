/** In ambient mode the kubelet's probes come from these addresses, which nobody else has. */
export const PROBE_SOURCES: readonly string[] = ['169.254.7.127/32', 'fd16:9254:7127:1337:ffff:ffff:ffff:ffff/128'];
