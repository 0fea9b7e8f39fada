using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;
using KubeOps.KubernetesClient;
using PatchOperator.Api;
using PatchOperator.Caches;
using PatchOperator.Connecting;
using PatchOperator.Engine.World;
using PatchOperator.Resources;

namespace PatchOperator.Reading;

/// <summary>Reads a cluster once, for commands that ask what would become of it; writes nothing.</summary>
internal static class ClusterReading
{
    /// <summary>Nodes, windows, policies and NodePatches, as they are now. Those kinds that the cluster does not know it has none of.</summary>
    /// <param name="kubeconfig">The file that says where it is; null: as kubectl finds it.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="k8s.Exceptions.KubeConfigException">Where it is cannot be read.</exception>
    /// <exception cref="HttpRequestException">It cannot be reached.</exception>
    /// <exception cref="HttpOperationException">It refuses.</exception>
    public static async Task<Snapshot> ReadAsync(string? kubeconfig, CancellationToken cancellationToken)
    {
        var time = TimeProvider.System;
        var config = kubeconfig is null ? ConfigurationFiles.LoadDefault(time) : ConfigurationFiles.Load([kubeconfig], context: null, time);
        using var client = new KubernetesClient(config, new HardenedKubernetes(config, time));
        var cluster = Snapshot.Empty;
        foreach (var window in await ListAsync<PatchWindow>())
            cluster = cluster.WithWindow(window.Metadata.Name, window);
        foreach (var policy in await ListAsync<PatchPolicy>())
            cluster = cluster.WithPolicy(policy.Metadata.Name, policy);
        foreach (var node in await ListAsync<NodeResource>())
            cluster = cluster.WithNode(node.Metadata.Name, Projections.Node(node));
        foreach (var patch in await ListAsync<NodePatch>())
            cluster = cluster.WithNodePatch(patch.Metadata.Name, patch);
        return cluster;

        async Task<IEnumerable<TEntity>> ListAsync<TEntity>()
            where TEntity : IKubernetesObject<V1ObjectMeta>
        {
            try
            {
                return await client.ListAsync<TEntity>(cancellationToken: cancellationToken);
            }
            catch (HttpOperationException exception) when (exception.Response.StatusCode == HttpStatusCode.NotFound)
            {
                return [];
            }
        }
    }
}
