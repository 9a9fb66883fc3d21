const LABEL = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;

/** RFC 1123 label, as names of Namespaces and of Service ports are: up to 63 characters. */
export function isDnsLabel(text: string): boolean {
  return text.length <= 63 && LABEL.test(text);
}

/** RFC 1123 subdomain, as names of workloads are: labels with dots between them, up to 253 characters. */
export function isDnsSubdomain(text: string): boolean {
  return text.length <= 253 && text.split('.').every((label) => LABEL.test(label));
}

/** A DNS name near to what was written, when lower case and dashes for other characters make one. */
export function dnsNameLike(text: string, is: (text: string) => boolean): string | undefined {
  const like = text.toLowerCase().replace(/[^a-z0-9.-]+/g, '-');
  return like !== text && is(like) ? like : undefined;
}
