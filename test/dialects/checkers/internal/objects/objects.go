// Package objects reads a YAML stream of Kubernetes objects, and answers one JSON line for each.
package objects

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"

	utilyaml "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

// Object is one object of a stream: what every checker asks of it, and its whole JSON.
type Object struct {
	APIVersion string
	Kind       string
	Metadata   struct{ Name, Namespace string }
	JSON       []byte `json:"-"`
}

// Answer is the line about one object. No refusals: it is accepted.
type Answer struct {
	APIVersion string   `json:"apiVersion"`
	Kind       string   `json:"kind"`
	Namespace  string   `json:"namespace,omitempty"`
	Name       string   `json:"name"`
	Refusals   []string `json:"refusals"`
}

// CheckStdin writes an Answer for each object on stdin. A stream that is no YAML ends the program with status 2.
func CheckStdin(check func(Object) []string) {
	answers := json.NewEncoder(os.Stdout)
	answers.SetEscapeHTML(false)
	err := Each(os.Stdin, func(object Object) error {
		refusals := check(object)
		if refusals == nil {
			refusals = []string{}
		}
		metadata := object.Metadata
		return answers.Encode(Answer{object.APIVersion, object.Kind, metadata.Namespace, metadata.Name, refusals})
	})
	if err != nil {
		Fail(err)
	}
}

// Each calls visit for each object of a YAML stream; empty documents are none. It is strict: a key that is there twice is
// an error, as it is for kubectl.
func Each(stream io.Reader, visit func(Object) error) error {
	documents := utilyaml.NewYAMLReader(bufio.NewReader(stream))
	for {
		document, err := documents.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		text, err := yaml.YAMLToJSONStrict(document)
		if err == nil && string(text) != "null" {
			err = visitAll(text, visit)
		}
		if err != nil {
			return err
		}
	}
}

// A document is an object, or a List of some.
func visitAll(text []byte, visit func(Object) error) error {
	object := Object{JSON: text}
	if err := json.Unmarshal(text, &object); err != nil {
		return err
	}
	if object.Kind != "List" {
		return visit(object)
	}
	var list struct{ Items []json.RawMessage }
	if err := json.Unmarshal(text, &list); err != nil {
		return err
	}
	for _, item := range list.Items {
		if err := visitAll(item, visit); err != nil {
			return err
		}
	}
	return nil
}

// Fail ends a program that cannot read what it was given.
func Fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(2)
}
