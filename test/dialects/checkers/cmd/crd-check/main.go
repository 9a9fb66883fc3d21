// Says which custom resources an API server with these definitions refuses, with the API server's own code:
//
//	crd-check CRD.yaml... < OBJECTS.yaml
//
// An unknown field is refused, as with kubectl's default of validation; so is a namespace of a cluster-scoped object.
package main

import (
	"context"
	"os"

	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/defaulting"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/listtype"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/schema/pruning"
	"k8s.io/apiextensions-apiserver/pkg/apiserver/validation"
	apivalidation "k8s.io/apimachinery/pkg/api/validation"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	utiljson "k8s.io/apimachinery/pkg/util/json"
	"k8s.io/apimachinery/pkg/util/validation/field"
	celconfig "k8s.io/apiserver/pkg/apis/cel"
	"sigs.k8s.io/yaml"

	"postern.dev/test/dialects/internal/objects"
)

func main() {
	known, err := read(os.Args[1:])
	if err != nil {
		objects.Fail(err)
	}
	objects.CheckStdin(func(object objects.Object) []string {
		by, err := known.definition(object.APIVersion + "/" + object.Kind)
		if err != nil {
			return []string{err.Error()}
		}
		return refusals(by, object.JSON)
	})
}

// In the API server's order: fields, defaults, schema, lists, and CEL only where all else is right.
func refusals(by definition, text []byte) []string {
	var content map[string]any
	// This package keeps integers, which rules tell apart from floats.
	if err := utiljson.Unmarshal(text, &content); err != nil {
		return []string{err.Error()}
	}
	errs := metadataErrors(by, text)
	tracked := schema.UnknownFieldPathOptions{TrackUnknownFieldPaths: true}
	for _, path := range pruning.PruneWithOptions(content, by.structural, true, tracked) {
		errs = append(errs, field.Forbidden(field.NewPath(path), "unknown field"))
	}
	defaulting.Default(content, by.structural)
	errs = append(errs, validation.ValidateCustomResource(nil, content, by.schema)...)
	errs = append(errs, listtype.ValidateListSetsAndMaps(nil, by.structural, content)...)
	if by.rules != nil && len(errs) == 0 {
		broken, _ := by.rules.Validate(context.Background(), nil, by.structural, content, nil, celconfig.RuntimeCELCostBudget)
		errs = append(errs, broken...)
	}
	texts := []string{}
	for _, err := range errs {
		texts = append(texts, err.Error())
	}
	return texts
}

func metadataErrors(by definition, text []byte) field.ErrorList {
	var object metav1.PartialObjectMetadata
	path := field.NewPath("metadata")
	if err := yaml.Unmarshal(text, &object); err != nil {
		return field.ErrorList{field.Invalid(path, "", err.Error())}
	}
	if by.namespaced && object.Namespace == "" {
		object.Namespace = metav1.NamespaceDefault
	}
	return apivalidation.ValidateObjectMeta(&object.ObjectMeta, by.namespaced, apivalidation.NameIsDNSSubdomain, path)
}
