// Package agent reads Cilium's policies as Cilium's agent does.
package agent

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"

	v2 "github.com/cilium/cilium/pkg/k8s/apis/cilium.io/v2"
	"github.com/cilium/cilium/pkg/option"
	"github.com/cilium/cilium/pkg/policy/api"

	"postern.dev/test/dialects/internal/objects"
)

// ClusterName is what the agent of a single cluster calls it.
const ClusterName = "default"

// UseDefaults sets what Cilium's chart sets, and a program that is no agent does not.
func UseDefaults() {
	option.Config.EnableNonDefaultDenyPolicies = true
	option.Config.EnableL7Proxy = true
	option.Config.EnableICMPRules = true
	api.InitEntities(ClusterName)
}

// Rules answers the rules of a CiliumNetworkPolicy or CiliumClusterwideNetworkPolicy, or why the agent refuses it.
func Rules(object objects.Object) (api.Rules, error) {
	policy := policyOf(object.Kind)
	if policy == nil {
		return nil, fmt.Errorf("%q is no kind of Cilium's policies", object.Kind)
	}
	decoder := json.NewDecoder(bytes.NewReader(object.JSON))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(policy); err != nil {
		return nil, err
	}
	if object.Kind == "CiliumNetworkPolicy" && policy.GetNamespace() == "" {
		// The API server would have set one; without, the agent takes the policy for one of the whole cluster.
		policy.SetNamespace("default")
	}
	return policy.Parse(slog.New(slog.DiscardHandler), ClusterName)
}

type parsable interface {
	GetNamespace() string
	SetNamespace(namespace string)
	Parse(logger *slog.Logger, clusterName string) (api.Rules, error)
}

func policyOf(kind string) parsable {
	switch kind {
	case "CiliumNetworkPolicy":
		return &v2.CiliumNetworkPolicy{}
	case "CiliumClusterwideNetworkPolicy":
		return &v2.CiliumClusterwideNetworkPolicy{}
	}
	return nil
}
