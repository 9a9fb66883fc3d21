// Answers who reaches whom under Cilium's policies, with the policy engine of Cilium's own agent:
//
//	cilium-verdict POLICIES.yaml < QUESTIONS.jsonl
//
// The README beside the programs shows questions and answers.
package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"

	"github.com/cilium/cilium/pkg/option"
	"github.com/cilium/cilium/pkg/policy"

	"postern.dev/test/dialects/internal/agent"
	"postern.dev/test/dialects/internal/objects"
)

func main() {
	agent.UseDefaults()
	policy.SetPolicyEnabled(option.DefaultEnforcement)
	option.Config.UnsafeDaemonConfigOption.AllowLocalhost = option.AllowLocalhostAlways
	if err := run(); err != nil {
		objects.Fail(err)
	}
}

// All questions are read before the first is answered: the engine must know every identity beforehand.
func run() error {
	if len(os.Args) != 2 {
		return errors.New("usage: cilium-verdict POLICIES.yaml < QUESTIONS.jsonl")
	}
	entries, err := readPolicies(os.Args[1])
	if err != nil {
		return err
	}
	questions, err := readQuestions(os.Stdin)
	if err != nil {
		return err
	}
	known := newIdentities(entries)
	for _, asked := range questions {
		for _, end := range []endpoint{asked.From, asked.To} {
			if err := known.add(end); err != nil {
				return err
			}
		}
	}
	engine := newEngine(known, entries)
	answers := json.NewEncoder(os.Stdout)
	for _, asked := range questions {
		answer, err := engine.answer(asked)
		if err != nil {
			return err
		}
		if err := answers.Encode(answer); err != nil {
			return err
		}
	}
	return nil
}

func readQuestions(stream io.Reader) ([]question, error) {
	decoder := json.NewDecoder(stream)
	decoder.DisallowUnknownFields()
	questions := []question{}
	for {
		var asked question
		err := decoder.Decode(&asked)
		if errors.Is(err, io.EOF) {
			return questions, nil
		}
		if err != nil {
			return nil, err
		}
		questions = append(questions, asked)
	}
}
