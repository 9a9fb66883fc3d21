// The peer of the benchmark: the smallest honest function on kyaml's framework. It adds a NetworkPolicy for each
// Deployment that lets nothing in, and looks at nothing else.
package main

import (
	"os"

	"sigs.k8s.io/kustomize/kyaml/fn/framework"
	"sigs.k8s.io/kustomize/kyaml/fn/framework/command"
	"sigs.k8s.io/kustomize/kyaml/yaml"
)

func main() {
	cmd := command.Build(framework.ResourceListProcessorFunc(addPolicies), command.StandaloneDisabled, false)
	if err := cmd.Execute(); err != nil {
		os.Exit(1)
	}
}

func addPolicies(list *framework.ResourceList) error {
	for _, item := range list.Items {
		if item.GetKind() != "Deployment" {
			continue
		}
		policy, err := policyFor(item)
		if err != nil {
			return err
		}
		list.Items = append(list.Items, policy)
	}
	return nil
}

func policyFor(deployment *yaml.RNode) (*yaml.RNode, error) {
	labels, err := deployment.Pipe(yaml.Lookup("spec", "template", "metadata", "labels"))
	if err != nil {
		return nil, err
	}
	policy := yaml.MustParse("apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nspec:\n  policyTypes:\n  - Ingress\n")
	if err := policy.PipeE(yaml.LookupCreate(yaml.MappingNode, "spec", "podSelector"), yaml.SetField("matchLabels", labels.Copy())); err != nil {
		return nil, err
	}
	if err := policy.SetName(deployment.GetName()); err != nil {
		return nil, err
	}
	return policy, policy.SetNamespace(deployment.GetNamespace())
}
