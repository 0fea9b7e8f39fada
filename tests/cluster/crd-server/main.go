// The CustomResourceDefinition server of a current Kubernetes as a program of its own, from Debian's
// golang-k8s-apiextensions-apiserver-dev. Upstream's own main is a part of a whole API server: it needs one to ask who may do what, and
// leaves discovery and OpenAPI version 2, by which kubectl finds kinds and explains them, to it.
package main

import (
	"context"
	"os"

	"github.com/spf13/cobra"

	"k8s.io/apiextensions-apiserver/pkg/apiserver"
	"k8s.io/apiextensions-apiserver/pkg/cmd/server/options"
	generatedopenapi "k8s.io/apiextensions-apiserver/pkg/generated/openapi"
	openapinamer "k8s.io/apiserver/pkg/endpoints/openapi"
	genericapiserver "k8s.io/apiserver/pkg/server"
	"k8s.io/apiserver/pkg/util/openapi"
	"k8s.io/client-go/kubernetes/scheme"
	"k8s.io/component-base/cli"
)

func main() {
	server := options.NewCustomResourceDefinitionsServerOptions(os.Stdout, os.Stderr)
	command := &cobra.Command{
		Use:               "crd-server",
		PersistentPreRunE: func(*cobra.Command, []string) error { return server.ServerRunOptions.ComponentGlobalsRegistry.Set() },
		RunE:              func(command *cobra.Command, _ []string) error { return run(command.Context(), server) },
	}
	command.SetContext(genericapiserver.SetupSignalContext())
	server.AddFlags(command.Flags())
	os.Exit(cli.Run(command))
}

func run(ctx context.Context, server *options.CustomResourceDefinitionsServerOptions) error {
	recommended := server.RecommendedOptions
	alone := recommended.Authentication.RemoteKubeConfigFile == ""
	if alone {
		// Nobody is there to ask: whoever reaches it may do everything.
		recommended.Authentication, recommended.Authorization, recommended.Admission = nil, nil, nil
	}
	if err := server.Complete(); err != nil {
		return err
	}
	if err := server.Validate(); err != nil {
		return err
	}
	config, err := server.Config()
	if err != nil {
		return err
	}
	definitions := openapi.GetOpenAPIDefinitionsWithoutDisabledFeatures(generatedopenapi.GetOpenAPIDefinitions)
	config.GenericConfig.OpenAPIConfig = genericapiserver.DefaultOpenAPIConfig(definitions, openapinamer.NewDefinitionNamer(apiserver.Scheme, scheme.Scheme))
	completed := config.Complete()
	completed.GenericConfig.EnableDiscovery = true
	built, err := completed.New(genericapiserver.NewEmptyDelegate())
	if err != nil {
		return err
	}
	return built.GenericAPIServer.PrepareRun().RunWithContext(ctx)
}
