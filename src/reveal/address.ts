/** An address that a text holds. */
export interface Address {
  /** Lower case, without a dot at its end. */
  readonly host: string;
  readonly port: number | undefined;
  /** Lower case, of a URL: `postgresql` of `jdbc:postgresql://db`. */
  readonly scheme: string | undefined;
  /**
   * `url`: behind `://`. `pair`: `host:port`. `dns`: a name of the cluster's DNS, with its `svc`. `word`: a name alone,
   * where a variable, flag or key says that it is one.
   */
  readonly form: 'url' | 'pair' | 'dns' | 'word';
}
