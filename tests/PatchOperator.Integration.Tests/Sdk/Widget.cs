using System.Net;
using System.Text.Json;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeOps.Abstractions.Entities;

namespace PatchOperator.Integration.Tests.Sdk;

/// <summary>A custom kind with a status of its own, to try the SDK on.</summary>
[KubernetesEntity(Group = "sdk.test.patchop.dev", ApiVersion = "v1", Kind = "Widget", PluralName = "widgets")]
public sealed class Widget : CustomKubernetesEntity<Widget.WidgetSpec, Widget.WidgetStatus>
{
    private static readonly SemaphoreSlim Installing = new(1, 1);

    public static Widget Named(string name, string ns, int size = 1)
    {
        var widget = new Widget { Metadata = { Name = name, NamespaceProperty = ns }, Spec = { Size = size } };
        return widget.Initialize();
    }

    /// <summary>Makes sure that the server serves widgets.</summary>
    public static async Task InstallAsync(IKubernetes kubernetes)
    {
        await Installing.WaitAsync();
        try
        {
            await CreateDefinitionAsync(kubernetes);
            await Eventually.TrueAsync(() => IsServedAsync(kubernetes), "widgets are served");
        }
        finally
        {
            Installing.Release();
        }
    }

    private static async Task CreateDefinitionAsync(IKubernetes kubernetes)
    {
        using var definitions = new GenericClient(kubernetes, "apiextensions.k8s.io", "v1", "customresourcedefinitions", disposeClient: false);
        try
        {
            await definitions.CreateAsync(Definition());
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.Conflict)
        {
            // A class that runs beside this one was faster.
        }
    }

    private static async Task<bool> IsServedAsync(IKubernetes kubernetes)
    {
        using var widgets = new GenericClient(kubernetes, "sdk.test.patchop.dev", "v1", "widgets", disposeClient: false);
        try
        {
            await widgets.ListAsync<EntityList<Widget>>(limit: 1);
            return true;
        }
        catch (HttpOperationException e) when (e.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private static RawObject Definition() => KubernetesJson.Deserialize<RawObject>(
        """
        {
          "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
          "metadata": { "name": "widgets.sdk.test.patchop.dev" },
          "spec": {
            "group": "sdk.test.patchop.dev", "scope": "Namespaced",
            "names": { "kind": "Widget", "listKind": "WidgetList", "plural": "widgets", "singular": "widget" },
            "versions": [ {
              "name": "v1", "served": true, "storage": true, "subresources": { "status": {} },
              "schema": { "openAPIV3Schema": {
                "type": "object",
                "properties": {
                  "spec": { "type": "object", "x-kubernetes-preserve-unknown-fields": true },
                  "status": { "type": "object", "x-kubernetes-preserve-unknown-fields": true } } } } } ]
          }
        }
        """);

    public sealed class WidgetSpec
    {
        public int Size { get; set; }
    }

    public sealed class WidgetStatus
    {
        public string? Word { get; set; }

        public DateTimeOffset? Since { get; set; }
    }

    /// <summary>An object of a kind nobody has a class for.</summary>
    public sealed class RawObject : KubernetesObject
    {
        public V1ObjectMeta? Metadata { get; set; }

        public JsonElement? Spec { get; set; }
    }
}
