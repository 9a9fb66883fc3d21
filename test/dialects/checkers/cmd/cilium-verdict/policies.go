package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"os"

	"github.com/cilium/cilium/pkg/k8s"
	networking "github.com/cilium/cilium/pkg/k8s/slim/k8s/api/networking/v1"
	"github.com/cilium/cilium/pkg/policy/types"
	"github.com/cilium/cilium/pkg/policy/utils"
	"sigs.k8s.io/network-policy-api/apis/v1alpha2"

	"postern.dev/test/dialects/internal/agent"
	"postern.dev/test/dialects/internal/objects"
)

var quiet = slog.New(slog.DiscardHandler)

// Every kind of policy that Cilium's agent enforces, each through the agent's own translation.
func readPolicies(path string) (types.PolicyEntries, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	all := types.PolicyEntries{}
	err = objects.Each(file, func(object objects.Object) error {
		entries, err := entriesOf(object)
		if err != nil {
			return fmt.Errorf("%s %s/%s: %w", object.Kind, object.Metadata.Namespace, object.Metadata.Name, err)
		}
		all = append(all, entries...)
		return nil
	})
	return all, err
}

func entriesOf(object objects.Object) (types.PolicyEntries, error) {
	switch object.APIVersion + "/" + object.Kind {
	case "cilium.io/v2/CiliumNetworkPolicy", "cilium.io/v2/CiliumClusterwideNetworkPolicy":
		rules, err := agent.Rules(object)
		return utils.RulesToPolicyEntries(rules), err
	case "networking.k8s.io/v1/NetworkPolicy":
		parsed := &networking.NetworkPolicy{}
		if err := decode(object, parsed); err != nil {
			return nil, err
		}
		return k8s.ParseNetworkPolicy(quiet, agent.ClusterName, parsed)
	case "policy.networking.k8s.io/v1alpha2/ClusterNetworkPolicy":
		parsed := &v1alpha2.ClusterNetworkPolicy{}
		if err := decode(object, parsed); err != nil {
			return nil, err
		}
		return k8s.ParseClusterNetworkPolicy(quiet, agent.ClusterName, parsed)
	}
	return nil, fmt.Errorf("Cilium enforces no %s %s", object.APIVersion, object.Kind)
}

func decode(object objects.Object, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(object.JSON))
	return decoder.Decode(into)
}
