/** What `postern --help` prints, which is what `kpt fn doc` shows. */
export const HELP = `Writes the Kubernetes NetworkPolicies that annotations ask for, on both ends of every connection, and nothing else.

Usage:
  postern                            a KRM function: a ResourceList on stdin, a ResourceList on stdout
  kustomize build | postern          a stream of YAML documents in, the same stream with policies out
  helm … --post-renderer postern     the same for a chart
  postern [--config FILE] PATH...    files and folders in, a stream out
  postern COMMAND ...                one of the commands below; postern COMMAND --help tells more

Commands:
  check                fails when something is declared isolated that no policy of a finished build closes
  lint                 looks for mistakes in NetworkPolicies, generated and hand-written
  explain              says whether one thing may connect to another, and why, or what would open it
  matrix               prints who may connect to whom by the policies of its input, as a table, Markdown, CSV or JSON
  graph                pictures it, as a page for a browser, Mermaid or Graphviz
  plan                 says what to write before a namespace is closed, from what the manifests reveal
  export               writes what the names of a build stand for, for the lists of other builds
  diff                 prints which connections a change adds and removes, and what did it
  script               writes a script that tries in a live cluster what must connect and what must not
  helm-post-renderer   what the plugin for Helm 4 runs

Annotations, on workloads, Services and Namespaces (never on pod templates):
  postern.dev/allow-from   who may connect: prometheus:metrics, shop/web, shop/*
  postern.dev/allow-to     where this connects to: cart, billing/ledger:grpc, internet:443, 10.0.0.0/8:5432
  postern.dev/isolate      none, ingress, egress or both: what is closed to everything that nobody declares
  postern.dev/trust        either, namespace or own: whose word opens a door
  postern.dev/dns          none: no name resolution
  postern.dev/http         what callers may request, where the dialect can say it: GET /api
  postern.dev/expect       what must hold: web -> must connect to this, -x> internet must not be reached

  A list item is PEER[:PORT[+PORT]]. Peers: a workload or Service (web, shop/web), a whole namespace (shop/*),
  labels (app=web, data/app=db, */k8s-app=kube-dns), addresses (10.0.0.0/8!10.1.0.0/16), an alias of the config, or one
  of namespace, cluster, anywhere, internet, nodes, none.

Config (functionConfig, or --config FILE): a NetworkPolicyGenerator of postern.dev/v1alpha1, or a ConfigMap with its
scalar fields. Its spec has owner, isolate, trust, minimum, namespace, namespaces, exclude, peers, always, dns, nodes,
privateRanges, pods, rules, workloadKinds, expect, argocd.

Options:
  --config FILE      the config, when there is no functionConfig
  --namespace NAME   the namespace of objects that name none, before the config's: that of a Helm release
  --verbose          print infos too
  --help             print this
  --version          print the version

Exit status: 0 when all is well (warnings included), 1 after an error, 2 when the command line is wrong. After an error
the objects leave as they came, without new policies.
`;
