package main

// question asks for one connection; and where it has a lookup or a request, for what is said over it.
type question struct {
	From     endpoint `json:"from"`
	To       endpoint `json:"to"`
	Port     uint16   `json:"port"`
	Protocol string   `json:"protocol"`
	// Lookup is a name that is asked of a name server.
	Lookup string `json:"lookup,omitempty"`
	// Request holds the headers of an HTTP request as Envoy names them, such as ":path".
	Request map[string]string `json:"request,omitempty"`
}

// endpoint is one end: labels as the agent writes them, and what it derives from an address or a name outside of the cluster.
type endpoint struct {
	Labels  []string        `json:"labels,omitempty"`
	Address string          `json:"address,omitempty"`
	Host    string          `json:"host,omitempty"`
	Ports   map[string]port `json:"ports,omitempty"`
}

// port is one that a container declares under a name.
type port struct {
	Port     int    `json:"port"`
	Protocol string `json:"protocol"`
}

// answer tells what each end says.
type answer struct {
	Egress  verdict `json:"egress"`
	Ingress verdict `json:"ingress"`
}

// verdict is one end's. Enforced: policies of that direction select it. Proxied: rules of layer 7 look at each request.
// Passes: the lookup or request gets through; as Allowed where there is none.
type verdict struct {
	Allowed  bool `json:"allowed"`
	Enforced bool `json:"enforced"`
	Proxied  bool `json:"proxied"`
	Passes   bool `json:"passes"`
}
