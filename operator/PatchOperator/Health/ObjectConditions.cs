using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeOps.KubernetesClient;
using PatchOperator.Api;
using PatchOperator.Ports;

namespace PatchOperator.Health;

/// <summary>Conditions of objects of any kind, as the API server has them now.</summary>
internal sealed class ObjectConditions(IKubernetesClient client)
{
    // What a kind is called in paths never changes, and a kind that is not there yet is asked for again.
    private readonly ConcurrentDictionary<(string ApiVersion, string Kind), (string Plural, bool Namespaced)> kinds = new();

    /// <summary>Null when there is no such object.</summary>
    public async Task<ObjectCondition?> FindAsync(ObjectCheck check, CancellationToken cancellationToken)
    {
        var (group, version) = check.ApiVersion.Split('/') is [var first, var second] ? (first, second) : ("", check.ApiVersion);
        try
        {
            var (plural, namespaced) = await KindAsync(check, group, version, cancellationToken);
            var objects = client.ApiClient.CustomObjects;
            return Read(
                namespaced
                    ? await objects.GetNamespacedCustomObjectAsync<JsonElement>(group, version, check.Namespace, plural, check.Name, cancellationToken)
                    : await objects.GetClusterCustomObjectAsync<JsonElement>(group, version, plural, check.Name, cancellationToken),
                check.Condition);
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
        catch (HttpOperationException exception)
        {
            var way = exception.Response.StatusCode == HttpStatusCode.Forbidden
                ? $"; a ClusterRole with the label {ApiGroup.HealthChecksLabel}=true can allow it"
                : "";
            throw new HealthException($"the API server refused to show it: {ApiErrors.Words(exception)}{way}");
        }
    }

    private async Task<(string Plural, bool Namespaced)> KindAsync(ObjectCheck check, string group, string version, CancellationToken cancellationToken)
    {
        if (!kinds.TryGetValue((check.ApiVersion, check.Kind), out var known))
        {
            var all = await ResourcesAsync(group, version, cancellationToken);
            var found = all.FirstOrDefault(resource => resource.Kind == check.Kind && !resource.Name.Contains('/'))
                ?? throw new HealthException($"the API server knows no kind {check.Kind} in {check.ApiVersion}");
            known = kinds[(check.ApiVersion, check.Kind)] = (found.Name, found.Namespaced);
        }

        return (known.Namespaced, check.Namespace) switch
        {
            (true, null) => throw new HealthException($"{check.Kind} is a kind with a namespace, and none is given"),
            (false, not null) => throw new HealthException($"{check.Kind} is a kind without namespaces"),
            _ => known,
        };
    }

    private async Task<IEnumerable<V1APIResource>> ResourcesAsync(string group, string version, CancellationToken cancellationToken)
    {
        try
        {
            return (await client.ApiClient.CustomObjects.GetAPIResourcesAsync(group, version, cancellationToken)).Resources;
        }
        catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound)
        {
            return [];
        }
    }

    private static ObjectCondition Read(JsonElement found, string type)
    {
        var status = Member(found, "status");
        var condition = Member(status, "conditions") is { ValueKind: JsonValueKind.Array } conditions
            ? conditions.EnumerateArray().Cast<JsonElement?>().FirstOrDefault(each => Text(each, "type") == type)
            : null;
        // What says of which generation it speaks must speak of the last.
        var generation = Number(Member(found, "metadata"), "generation");
        var observed = Number(condition, "observedGeneration") ?? Number(status, "observedGeneration");
        return new ObjectCondition(Text(condition, "status"), Text(condition, "reason"), observed is null || generation is null || observed >= generation);
    }

    private static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } json && json.TryGetProperty(name, out var member) ? member : null;

    private static string? Text(JsonElement? parent, string name) => Member(parent, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    private static long? Number(JsonElement? parent, string name) =>
        Member(parent, name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : null;
}
