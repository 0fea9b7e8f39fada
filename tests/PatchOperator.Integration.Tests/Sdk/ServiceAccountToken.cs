using System.Text.Json;
using k8s;
using k8s.Models;

namespace PatchOperator.Integration.Tests.Sdk;

/// <summary>A real token of a service account, as the kubelet gets them for pods.</summary>
internal static class ServiceAccountToken
{
    internal static async Task<string> RequestAsync(ApiServerFixture api, string ns, string account)
    {
        // A subresource that the client has no request for: any request will do, sent to its path.
        using var handler = new Redirect();
        using var kubernetes = new Kubernetes(api.Configuration(), handler);
        handler.Path = $"api/v1/namespaces/{ns}/serviceaccounts/{account}/token";
        var answer = await kubernetes.CustomObjects.CreateNamespacedCustomObjectAsync<Answer>(
            new { apiVersion = "authentication.k8s.io/v1", kind = "TokenRequest", spec = new { expirationSeconds = 600 } },
            string.Empty, "v1", ns, "serviceaccounts");
        return answer.Status.GetProperty("token").GetString()!;
    }

    internal sealed class Answer : KubernetesObject
    {
        public V1ObjectMeta? Metadata { get; set; }

        public JsonElement Status { get; set; }
    }

    /// <summary>Sends every request to one path.</summary>
    private sealed class Redirect : DelegatingHandler
    {
        internal string? Path { get; set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(new Uri(request.RequestUri!.GetLeftPart(UriPartial.Authority)), $"/{Path}");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
