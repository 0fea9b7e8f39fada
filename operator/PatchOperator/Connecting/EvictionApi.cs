using k8s;
using KubeOps.KubernetesClient;

namespace PatchOperator.Connecting;

/// <summary>Which version of the eviction API the server takes: policy/v1 from Kubernetes 1.22 on, policy/v1beta1 up to 1.24.</summary>
/// <remarks>1.21 lists policy/v1, for PodDisruptionBudgets, but takes no such eviction yet: the older version is right wherever it is listed.</remarks>
internal sealed class EvictionApi(IKubernetesClient client)
{
    private string? version;

    public async Task<string> VersionAsync(CancellationToken cancellationToken)
    {
        if (version is not null)
            return version;
        var group = await client.ApiClient.Policy.GetAPIGroupAsync(cancellationToken);
        return version = group.Versions.Any(entry => entry.GroupVersion == "policy/v1beta1") ? "policy/v1beta1" : "policy/v1";
    }
}
