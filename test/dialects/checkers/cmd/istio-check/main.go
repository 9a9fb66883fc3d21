// Says which AuthorizationPolicies Istio's own webhook refuses, or warns of: istio-check < OBJECTS.yaml
package main

import (
	"encoding/json"

	security "istio.io/api/security/v1beta1"
	"istio.io/istio/pkg/config"
	"istio.io/istio/pkg/config/validation"
	"istio.io/istio/pkg/util/protomarshal"

	"postern.dev/test/dialects/internal/objects"
)

func main() {
	objects.CheckStdin(refusals)
}

func refusals(object objects.Object) []string {
	var content struct{ Spec json.RawMessage }
	if err := json.Unmarshal(object.JSON, &content); err != nil {
		return []string{err.Error()}
	}
	if len(content.Spec) == 0 {
		content.Spec = []byte("{}")
	}
	spec := &security.AuthorizationPolicy{}
	if err := protomarshal.ApplyJSONStrict(string(content.Spec), spec); err != nil {
		return []string{err.Error()}
	}
	meta := config.Meta{Name: object.Metadata.Name, Namespace: object.Metadata.Namespace}
	warning, err := validation.ValidateAuthorizationPolicy(config.Config{Meta: meta, Spec: spec})
	return append(texts(err), texts(warning)...)
}

func texts(err error) []string {
	if err == nil {
		return nil
	}
	return []string{err.Error()}
}
