// Parses Calico's selectors with its own parser, and evaluates them: calico-selector < QUESTIONS.jsonl
//
// A question is {"selector": "app == 'web'", "labels": {"app": "web"}}; its answer is {"matches": true}, or
// {"refusal": "…"} where the selector cannot be parsed.
package main

import (
	"encoding/json"
	"errors"
	"io"
	"os"

	"github.com/projectcalico/calico/libcalico-go/lib/selector"

	"postern.dev/test/dialects/internal/objects"
)

type question struct {
	Selector string
	Labels   map[string]string
}

type answer struct {
	Matches bool   `json:"matches"`
	Refusal string `json:"refusal,omitempty"`
}

func main() {
	questions, answers := json.NewDecoder(os.Stdin), json.NewEncoder(os.Stdout)
	for {
		var asked question
		err := questions.Decode(&asked)
		if errors.Is(err, io.EOF) {
			return
		}
		if err == nil {
			err = answers.Encode(answerTo(asked))
		}
		if err != nil {
			objects.Fail(err)
		}
	}
}

func answerTo(asked question) answer {
	parsed, err := selector.Parse(asked.Selector)
	if err != nil {
		return answer{Refusal: err.Error()}
	}
	return answer{Matches: parsed.Evaluate(asked.Labels)}
}
