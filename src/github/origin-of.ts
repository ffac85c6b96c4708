/**
 * Which GitHub an API belongs to, as its host: `github.com`, or an Enterprise Server's, with its port where that is not
 * the usual one. `owner/repo#12` names one issue only together with it.
 * Source of the hosts with `api.`: GitHub's REST documentation, for github.com and for data residency (SUBDOMAIN.ghe.com).
 */
export function originOf(apiUrl: string): string {
  const { host } = new URL(apiUrl);
  return host.replace(/^api\.(?=github\.com$|[^.]+\.ghe\.com$)/, '');
}
