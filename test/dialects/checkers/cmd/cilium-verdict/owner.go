package main

import (
	"github.com/cilium/cilium/pkg/endpoint/regeneration"
	"github.com/cilium/cilium/pkg/identity"
	"github.com/cilium/cilium/pkg/policy"
	pkgtypes "github.com/cilium/cilium/pkg/types"
	"github.com/cilium/cilium/pkg/u8proto"
)

// owner is the pod, as far as the engine asks.
type owner struct {
	id    *identity.Identity
	ports pkgtypes.NamedPortMap
}

func (pod owner) GetID() uint64              { return uint64(pod.id.ID) }
func (pod owner) IsHost() bool               { return pod.id.ID == identity.ReservedIdentityHost }
func (pod owner) PolicyDebug(string, ...any) {}
func (pod owner) PreviousMapStateSizes() (none policy.MapStateSizes) {
	return none
}

func (pod owner) RegenerateIfAlive(*regeneration.ExternalRegenerationMetadata) <-chan bool {
	return nil
}

func (pod owner) GetIngressNamedPort(name string, protocol u8proto.U8proto) uint16 {
	number, err := pod.ports.GetNamedPort(name, protocol)
	if err != nil {
		return 0
	}
	return number
}
