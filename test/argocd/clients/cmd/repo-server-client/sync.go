package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	gosync "sync"

	"github.com/go-logr/logr"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/client-go/rest"
	cmdutil "k8s.io/kubectl/pkg/cmd/util"
	"k8s.io/kubectl/pkg/util/openapi"

	enginehealth "github.com/argoproj/gitops-engine/pkg/health"
	engine "github.com/argoproj/gitops-engine/pkg/sync"
	"github.com/argoproj/gitops-engine/pkg/sync/common"
	"github.com/argoproj/gitops-engine/pkg/utils/kube"
	"github.com/argoproj/gitops-engine/pkg/utils/kube/kubetest"
)

// Syncs the manifests of stdin with the engine that Argo CD syncs with, into a cluster where everything is healthy at
// once. The answer is a list for each step, with "Kind/name" of what was applied in it.
func sync(context.Context) (any, error) {
	targets, err := readManifests()
	if err != nil {
		return nil, err
	}
	server := httptest.NewServer(http.HandlerFunc(discover(targets)))
	defer server.Close()
	config := &rest.Config{Host: server.URL}
	recorder := &recorder{}
	live := make([]*unstructured.Unstructured, len(targets))
	var steps [][]string
	var phase common.OperationPhase = common.OperationRunning
	var results []common.ResourceSyncResult
	for len(steps) < 100 {
		recorder.applied = nil
		reconciled := engine.ReconciliationResult{Target: targets, Live: live}
		context, cleanup, err := engine.NewSyncContext("revision", reconciled, config, config, recorder, "default", nil,
			engine.WithInitialState(phase, "", results, metav1.Now()),
			engine.WithHealthOverride(healthy{}),
			engine.WithLogr(logr.Discard()))
		if err != nil {
			return nil, err
		}
		context.Sync()
		var message string
		phase, message, results = context.GetState()
		cleanup()
		steps = append(steps, recorder.names())
		if phase.Completed() {
			if phase == common.OperationSucceeded {
				return steps, nil
			}
			return nil, fmt.Errorf("%s: %s %v", phase, message, results)
		}
		for _, object := range recorder.applied {
			for i, target := range targets {
				if isSame(target, object) {
					live[i] = object
				}
			}
		}
	}
	return nil, fmt.Errorf("the sync does not end: %v", steps)
}

func readManifests() ([]*unstructured.Unstructured, error) {
	var list []map[string]any
	if err := json.NewDecoder(os.Stdin).Decode(&list); err != nil {
		return nil, err
	}
	objects := make([]*unstructured.Unstructured, 0, len(list))
	for _, object := range list {
		objects = append(objects, &unstructured.Unstructured{Object: object})
	}
	return objects, nil
}

// The engine gives a namespace to what has none.
func isSame(target, applied *unstructured.Unstructured) bool {
	return target.GetKind() == applied.GetKind() && target.GetName() == applied.GetName() &&
		(target.GetNamespace() == "" || target.GetNamespace() == applied.GetNamespace())
}

type healthy struct{}

func (healthy) GetResourceHealth(*unstructured.Unstructured) (*enginehealth.HealthStatus, error) {
	return &enginehealth.HealthStatus{Status: enginehealth.HealthStatusHealthy}, nil
}

// Applies nothing, and remembers what it was told to apply.
type recorder struct {
	kubetest.MockKubectlCmd
	lock    gosync.Mutex
	applied []*unstructured.Unstructured
}

func (r *recorder) names() []string {
	names := []string{}
	for _, object := range r.applied {
		names = append(names, object.GetKind()+"/"+object.GetName())
	}
	return names
}

func (r *recorder) ManageResources(*rest.Config, openapi.Resources) (kube.ResourceOperations, func(), error) {
	return operations{&kubetest.MockResourceOps{}, r}, func() {}, nil
}

type operations struct {
	*kubetest.MockResourceOps
	recorder *recorder
}

func (o operations) ApplyResource(ctx context.Context, object *unstructured.Unstructured, dryRun cmdutil.DryRunStrategy, force, validate, serverSide bool, manager string) (string, error) {
	if dryRun == cmdutil.DryRunNone {
		o.recorder.lock.Lock()
		o.recorder.applied = append(o.recorder.applied, object)
		o.recorder.lock.Unlock()
	}
	return o.MockResourceOps.ApplyResource(ctx, object, dryRun, force, validate, serverSide, manager)
}

// Answers what a client asks a cluster about its API: which kinds it has, here those of the manifests.
func discover(objects []*unstructured.Unstructured) func(http.ResponseWriter, *http.Request) {
	lists := map[string]*metav1.APIResourceList{}
	for _, object := range objects {
		version := object.GetAPIVersion()
		path := "/apis/" + version
		if !strings.Contains(version, "/") {
			path = "/api/" + version
		}
		if lists[path] == nil {
			lists[path] = &metav1.APIResourceList{GroupVersion: version}
		}
		kind := object.GetKind()
		lists[path].APIResources = append(lists[path].APIResources, metav1.APIResource{
			Name: strings.ToLower(kind) + "s", Kind: kind, Namespaced: kind != "Namespace", Verbs: metav1.Verbs{"get", "list", "create", "patch"},
		})
	}
	return func(answer http.ResponseWriter, request *http.Request) {
		list, known := lists[request.URL.Path]
		if !known {
			http.NotFound(answer, request)
			return
		}
		answer.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(answer).Encode(list)
	}
}
