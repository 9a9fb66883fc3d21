// Asks Argo CD's repo-server for what it asks of a plugin, with the repo-server's own code and no cluster:
//
//	repo-server-client [-timeout 60s] render     APPLICATION.yaml   the manifests, as JSON
//	repo-server-client [-timeout 60s] parameters APPLICATION.yaml   what the UI would announce, as JSON
//	repo-server-client sync < MANIFESTS.json                        the order in which they would be applied
//	repo-server-client health < QUESTION.json                       what a health check says of an object
//
// The Application's repoURL is a file:// URL. ARGOCD_PLUGINSOCKFILEPATH is the folder of the plugins' sockets.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"time"

	"sigs.k8s.io/yaml"

	"github.com/argoproj/argo-cd/v3/pkg/apis/application/v1alpha1"
	"github.com/argoproj/argo-cd/v3/reposerver/apiclient"
	"github.com/argoproj/argo-cd/v3/reposerver/cache"
	"github.com/argoproj/argo-cd/v3/reposerver/metrics"
	"github.com/argoproj/argo-cd/v3/reposerver/repository"
	cacheutil "github.com/argoproj/argo-cd/v3/util/cache"
	"github.com/argoproj/argo-cd/v3/util/git"
)

func main() {
	timeout := flag.Duration("timeout", time.Minute, "the deadline of the request")
	flag.Parse()
	ctx, cancel := context.WithTimeout(context.Background(), *timeout)
	defer cancel()
	actions := map[string]func(context.Context) (any, error){"render": render, "parameters": parameters, "sync": sync, "health": health}
	action, known := actions[flag.Arg(0)]
	if !known {
		fail(fmt.Errorf("must be render, parameters, sync or health, got %q", flag.Arg(0)))
	}
	answer, err := action(ctx)
	fail(err)
	fail(json.NewEncoder(os.Stdout).Encode(answer))
}

func fail(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func readApplication() (*v1alpha1.Application, error) {
	text, err := os.ReadFile(flag.Arg(1))
	if err != nil {
		return nil, err
	}
	app := &v1alpha1.Application{}
	return app, yaml.Unmarshal(text, app)
}

// A repo-server with a cache of its own, which ends with this program.
func newService() (*repository.Service, func(), error) {
	root, err := os.MkdirTemp("", "repo-server-")
	if err != nil {
		return nil, nil, err
	}
	memory := cacheutil.NewCache(cacheutil.NewInMemoryCache(time.Hour))
	service := repository.NewService(
		metrics.NewMetricsServer(),
		cache.NewCache(memory, time.Hour, time.Hour, time.Minute),
		repository.RepoServerInitConstants{ParallelismLimit: 1},
		&git.NoopCredsStore{},
		root,
	)
	return service, func() { _ = os.RemoveAll(root) }, service.Init()
}

type rendered struct {
	SourceType string            `json:"sourceType"`
	Manifests  []json.RawMessage `json:"manifests"`
}

func render(ctx context.Context) (any, error) {
	app, err := readApplication()
	if err != nil {
		return nil, err
	}
	service, remove, err := newService()
	if err != nil {
		return nil, err
	}
	defer remove()
	source := app.Spec.GetSource()
	answer, err := service.GenerateManifest(ctx, &apiclient.ManifestRequest{
		Repo:               &v1alpha1.Repository{Repo: source.RepoURL},
		Revision:           source.TargetRevision,
		AppName:            app.Name,
		Namespace:          app.Spec.Destination.Namespace,
		ProjectName:        app.Spec.Project,
		ProjectSourceRepos: []string{"*"},
		ApplicationSource:  &source,
		AppLabelKey:        "app.kubernetes.io/instance",
		TrackingMethod:     string(v1alpha1.TrackingMethodAnnotation),
		KubeVersion:        "1.33.0",
		ApiVersions:        []string{"v1", "apps/v1", "monitoring.coreos.com/v1"},
	})
	if err != nil {
		return nil, err
	}
	manifests := make([]json.RawMessage, 0, len(answer.Manifests))
	for _, manifest := range answer.Manifests {
		manifests = append(manifests, json.RawMessage(manifest))
	}
	return rendered{SourceType: answer.SourceType, Manifests: manifests}, nil
}

func parameters(ctx context.Context) (any, error) {
	app, err := readApplication()
	if err != nil {
		return nil, err
	}
	service, remove, err := newService()
	if err != nil {
		return nil, err
	}
	defer remove()
	source := app.Spec.GetSource()
	answer, err := service.GetAppDetails(ctx, &apiclient.RepoServerAppDetailsQuery{
		Repo:    &v1alpha1.Repository{Repo: source.RepoURL},
		Source:  &source,
		AppName: app.Name,
	})
	if err != nil {
		return nil, err
	}
	return map[string]any{"type": answer.Type, "plugin": answer.Plugin}, nil
}
