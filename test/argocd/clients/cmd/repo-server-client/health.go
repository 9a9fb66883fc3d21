package main

import (
	"context"
	"encoding/json"
	"os"

	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"

	"github.com/argoproj/argo-cd/v3/util/lua"
)

// Says what a health check of argocd-cm makes of an object: {"script": "…", "object": {…}} on stdin.
func health(context.Context) (any, error) {
	var asked struct {
		Script string         `json:"script"`
		Object map[string]any `json:"object"`
	}
	if err := json.NewDecoder(os.Stdin).Decode(&asked); err != nil {
		return nil, err
	}
	return lua.VM{}.ExecuteHealthLua(&unstructured.Unstructured{Object: asked.Object}, asked.Script)
}
