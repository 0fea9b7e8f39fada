using System.Net;
using System.Text.Json;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace PatchOperator.Ports;

/// <summary>What an answer of the API server means.</summary>
internal static class ApiErrors
{
    /// <summary>
    /// Whether it is a "no" to what was asked, which has its way into the status. Somebody else having been faster (409), or the object being gone
    /// (404), is none: the caches hear of it, and the next decision knows.
    /// </summary>
    public static bool IsRefusal(HttpOperationException exception) => exception.Response.StatusCode is not (HttpStatusCode.Conflict or HttpStatusCode.NotFound);

    /// <summary>The answer in its own words: its causes, which name a PodDisruptionBudget where there is one, or its message.</summary>
    public static string Words(HttpOperationException exception) => Words(exception.Response.Content) is { Length: > 0 } words ? words : exception.Message;

    private static string Words(string? content)
    {
        try
        {
            var status = KubernetesJson.Deserialize<V1Status>(content ?? "{}");
            var causes = status.Details?.Causes?.Select(cause => cause.Message).Where(message => !string.IsNullOrEmpty(message)).ToList() ?? [];
            return causes.Count > 0 && status.Code == (int)HttpStatusCode.TooManyRequests ? string.Join("; ", causes) : status.Message ?? "";
        }
        catch (JsonException)
        {
            return content ?? "";
        }
    }
}
