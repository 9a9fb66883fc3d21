// Says which Cilium policies Cilium's own agent refuses: cilium-check < OBJECTS.yaml
package main

import (
	"postern.dev/test/dialects/internal/agent"
	"postern.dev/test/dialects/internal/objects"
)

func main() {
	agent.UseDefaults()
	objects.CheckStdin(func(object objects.Object) []string {
		if _, err := agent.Rules(object); err != nil {
			return []string{err.Error()}
		}
		return nil
	})
}
