package main

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"strings"

	"github.com/cilium/cilium/pkg/fqdn/dns"
	"github.com/cilium/cilium/pkg/identity"
	cilium "github.com/cilium/cilium/pkg/k8s/apis/cilium.io"
	"github.com/cilium/cilium/pkg/labels"
	"github.com/cilium/cilium/pkg/policy/api"
	"github.com/cilium/cilium/pkg/policy/types"
	pkgtypes "github.com/cilium/cilium/pkg/types"

	"postern.dev/test/dialects/internal/agent"
)

// identities holds one identity for each set of labels, and a user of it for each set of named ports.
type identities struct {
	names  []api.FQDNSelector
	byText map[string]*identity.Identity
	byKey  map[string]*identity.Identity
	ids    identity.IdentityMap
	ports  *namedPorts
}

func newIdentities(entries types.PolicyEntries) *identities {
	return &identities{
		names:  namesIn(entries),
		byText: map[string]*identity.Identity{},
		byKey:  map[string]*identity.Identity{},
		ids:    identity.IdentityMap{},
		ports:  newNamedPorts(),
	}
}

func namesIn(entries types.PolicyEntries) []api.FQDNSelector {
	found := []api.FQDNSelector{}
	for _, entry := range entries {
		for _, selector := range entry.L3 {
			if name, is := selector.GetFQDNSelector(); is {
				found = append(found, *name)
			}
		}
	}
	return found
}

func (known *identities) add(end endpoint) error {
	text := textOf(end)
	if known.byText[text] != nil {
		return nil
	}
	set, err := known.labelsOf(end)
	if err != nil {
		return err
	}
	key := set.LabelArray().String()
	id := known.byKey[key]
	if id == nil {
		id = identity.NewIdentity(known.next(set), set)
		known.byKey[key] = id
		known.ids[id.ID] = id.LabelArray
	}
	known.byText[text] = id
	return known.ports.add(id.ID, end.Ports)
}

func (known *identities) of(end endpoint) *identity.Identity {
	return known.byText[textOf(end)]
}

func textOf(end endpoint) string {
	text, _ := json.Marshal(end)
	return string(text)
}

// A pod belongs to the one cluster that there is here; an address is a label of its own; a name that the agent looked up
// has the label of every selector that matches it.
func (known *identities) labelsOf(end endpoint) (labels.Labels, error) {
	set := labels.NewLabelsFromModel(end.Labels)
	if isPod(set) {
		set.MergeLabels(labels.NewLabelsFromModel([]string{"k8s:" + cilium.PolicyLabelCluster + "=" + agent.ClusterName}))
	}
	if end.Address != "" {
		address, err := netip.ParseAddr(end.Address)
		if err != nil {
			return nil, err
		}
		set.MergeLabels(labels.GetCIDRLabels(netip.PrefixFrom(address, address.BitLen())))
	}
	if end.Host != "" {
		set.MergeLabels(labels.LabelWorld)
	}
	for _, name := range known.names {
		pattern, err := name.ToRegex()
		if err != nil {
			return nil, err
		}
		if end.Host != "" && pattern.MatchString(dns.FQDN(strings.ToLower(end.Host))) {
			set.MergeLabels(labels.FromSlice([]labels.Label{name.IdentityLabel()}))
		}
	}
	if len(set) == 0 {
		return nil, fmt.Errorf("an end must have labels, an address or a host")
	}
	return set, nil
}

func isPod(set labels.Labels) bool {
	_, has := set[cilium.PodNamespaceLabel]
	return has
}

// The number tells the engine where an identity comes from, and which one is this node.
func (known *identities) next(set labels.Labels) identity.NumericIdentity {
	if set.HasHostLabel() {
		return identity.ReservedIdentityHost
	}
	for name := range set {
		reserved := identity.GetReservedID(name)
		if len(set) == 1 && set.IsReserved() && reserved != identity.IdentityUnknown {
			return reserved
		}
	}
	count := identity.NumericIdentity(len(known.ids) + 1)
	switch {
	case isPod(set):
		return identity.GetMinimalAllocationIdentity(0) + count
	case set.HasRemoteNodeLabel():
		return identity.IdentityScopeRemoteNode + count
	}
	return identity.IdentityScopeLocal + count
}

// namedPorts knows the pods' ports, which a rule of egress may name.
type namedPorts struct {
	update func(identity.NumericIdentity, pkgtypes.NamedPortMap)
	all    pkgtypes.NamedPortMultiMap
}

func newNamedPorts() *namedPorts {
	all := pkgtypes.NewNamedPortMultiMap()
	update := func(id identity.NumericIdentity, ports pkgtypes.NamedPortMap) { all.Update(id, nil, ports) }
	return &namedPorts{update, all}
}

func (known *namedPorts) GetNamedPorts() pkgtypes.NamedPortMultiMap {
	return known.all
}

func (known *namedPorts) add(id identity.NumericIdentity, ports map[string]port) error {
	named, err := mapOf(ports)
	if err == nil {
		known.update(id, named)
	}
	return err
}

func mapOf(ports map[string]port) (pkgtypes.NamedPortMap, error) {
	named := pkgtypes.NamedPortMap{}
	for name, port := range ports {
		if err := named.AddPort(name, port.Port, port.Protocol); err != nil {
			return nil, err
		}
	}
	return named, nil
}
