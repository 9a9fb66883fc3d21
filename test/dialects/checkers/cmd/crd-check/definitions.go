package main

import (
	"fmt"
	"os"
	"sync"

	"k8s.io/apiextensions-apiserver/pkg/apis/apiextensions"
	v1 "k8s.io/apiextensions-apiserver/pkg/apis/apiextensions/v1"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/cel"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"sigs.k8s.io/yaml"

	"postern.dev/test/dialects/internal/objects"
)

// A version of a CustomResourceDefinition, with what the API server makes of its schema.
type definition struct {
	structural *schema.Structural
	schema     validation.SchemaValidator
	rules      *cel.Validator // nil where there are none
	namespaced bool
}

// By apiVersion/kind. Each is made when it is needed first: most runs need few of many.
type definitions map[string]func() (definition, error)

func (known definitions) definition(key string) (definition, error) {
	make, isKnown := known[key]
	if !isKnown {
		return definition{}, fmt.Errorf("no definition of %s", key)
	}
	return make()
}

func read(paths []string) (definitions, error) {
	known := definitions{}
	for _, path := range paths {
		if err := known.add(path); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	return known, nil
}

func (known definitions) add(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	return objects.Each(file, func(object objects.Object) error {
		if object.Kind != "CustomResourceDefinition" {
			return nil
		}
		var crd v1.CustomResourceDefinition
		if err := yaml.UnmarshalStrict(object.JSON, &crd); err != nil {
			return err
		}
		for _, version := range crd.Spec.Versions {
			key := fmt.Sprintf("%s/%s/%s", crd.Spec.Group, version.Name, crd.Spec.Names.Kind)
			if known[key] != nil {
				return fmt.Errorf("%s is defined twice", key)
			}
			known[key] = sync.OnceValues(func() (definition, error) { return compile(version, crd.Spec.Scope) })
		}
		return nil
	})
}

func compile(version v1.CustomResourceDefinitionVersion, scope v1.ResourceScope) (definition, error) {
	var props apiextensions.JSONSchemaProps
	err := v1.Convert_v1_JSONSchemaProps_To_apiextensions_JSONSchemaProps(version.Schema.OpenAPIV3Schema, &props, nil)
	if err != nil {
		return definition{}, err
	}
	structural, err := schema.NewStructural(&props)
	if err != nil {
		return definition{}, err
	}
	validator, _, err := validation.NewSchemaValidator(&props)
	if err != nil {
		return definition{}, err
	}
	rules := cel.NewValidator(structural, true, celconfig.PerCallLimit)
	return definition{structural, validator, rules, scope == v1.NamespaceScoped}, nil
}
