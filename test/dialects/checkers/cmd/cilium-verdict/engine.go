package main

import (
	"fmt"
	"math"

	"github.com/cilium/cilium/pkg/identity"
	"github.com/cilium/cilium/pkg/labels"
	"github.com/cilium/cilium/pkg/policy"
	"github.com/cilium/cilium/pkg/policy/api"
	"github.com/cilium/cilium/pkg/policy/trafficdirection"
	"github.com/cilium/cilium/pkg/policy/types"
	"github.com/cilium/cilium/pkg/u8proto"
)

// engine answers questions, and keeps the policy of each end that it worked out.
type engine struct {
	known      *identities
	repository *policy.Repository
	distilled  map[string]*policy.EndpointPolicy
}

func newEngine(known *identities, entries types.PolicyEntries) *engine {
	repository := policy.NewPolicyRepository(quiet, known.ids, nil, translator, nil, noMetrics{})
	repository.GetSelectorCache().SetLocalIdentityNotifier(noNames{})
	repository.SetNamedPortsGetter(known.ports)
	repository.UpdateIdentities(known.ids, nil)
	repository.MustAddPolicyEntries(entries)
	return &engine{known, repository, map[string]*policy.EndpointPolicy{}}
}

func (engine *engine) answer(asked question) (answer, error) {
	protocol, err := u8proto.ParseProtocol(asked.Protocol)
	if err != nil {
		return answer{}, err
	}
	from, to := engine.known.of(asked.From), engine.known.of(asked.To)
	egress, err := engine.verdict(asked, asked.From, policy.EgressKey().WithIdentity(to.ID).WithPortProto(protocol, asked.Port))
	if err != nil {
		return answer{}, err
	}
	ingress, err := engine.verdict(asked, asked.To, policy.IngressKey().WithIdentity(from.ID).WithPortProto(protocol, asked.Port))
	return answer{egress, ingress}, err
}

func (engine *engine) verdict(asked question, subject endpoint, key policy.Key) (verdict, error) {
	if !isManaged(engine.known.of(subject)) {
		return verdict{Allowed: true, Passes: true}, nil
	}
	distilled, err := engine.policyOf(subject)
	if err != nil {
		return verdict{}, err
	}
	entry, _, _ := distilled.Lookup(key)
	said := verdict{Allowed: !entry.IsDeny(), Proxied: entry.IsRedirectEntry(), Passes: !entry.IsDeny()}
	said.Enforced = distilled.SelectorPolicy.IngressPolicyEnabled
	if key.TrafficDirection() == trafficdirection.Egress {
		said.Enforced = distilled.SelectorPolicy.EgressPolicyEnabled
	}
	if said.Proxied && (asked.Lookup != "" || asked.Request != nil) {
		said.Passes, err = passes(distilled, key, asked)
	}
	return said, err
}

// Addresses, names and other nodes are no endpoints of an agent: nothing is enforced there.
func isManaged(id *identity.Identity) bool {
	for _, label := range id.LabelArray {
		switch {
		case label.Source == labels.LabelSourceCIDR, label.Source == labels.LabelSourceFQDN:
			return false
		case label.Source == labels.LabelSourceReserved:
			switch label.Key {
			case labels.IDNameWorld, labels.IDNameWorldIPv4, labels.IDNameWorldIPv6,
				labels.IDNameRemoteNode, labels.IDNameKubeAPIServer:
				return false
			}
		}
	}
	return true
}

func (engine *engine) policyOf(subject endpoint) (*policy.EndpointPolicy, error) {
	text := textOf(subject)
	if made := engine.distilled[text]; made != nil {
		return made, nil
	}
	id := engine.known.of(subject)
	selected, _, err := engine.repository.ComputeSelectorPolicy(id)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", id.LabelArray, err)
	}
	ports, err := mapOf(subject.Ports)
	if err != nil {
		return nil, err
	}
	redirects := map[string]uint16{policy.FallbackRedirectID: math.MaxUint16}
	made := selected.DistillPolicy(quiet, owner{id, ports}, redirects)
	engine.distilled[text] = made
	return made, made.Ready()
}

// What an agent counts and looks up, and nobody asks for here.
type (
	noMetrics struct{}
	noNames   struct{}
)

func (noMetrics) AddRule(types.PolicyEntry)                           {}
func (noMetrics) DelRule(types.PolicyEntry)                           {}
func (noNames) RegisterFQDNSelector(api.FQDNSelector) (none uint64)   { return }
func (noNames) UnregisterFQDNSelector(api.FQDNSelector) (none uint64) { return }
