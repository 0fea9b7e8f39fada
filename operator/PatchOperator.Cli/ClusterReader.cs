using PatchOperator.Engine.World;

namespace PatchOperator.Cli;

/// <summary>
/// Reads what a cluster has of nodes, windows, policies and NodePatches, and changes nothing. Throws what the Kubernetes client throws where it cannot.
/// </summary>
/// <param name="kubeconfig">The file that says where the cluster is; null: as kubectl finds it.</param>
/// <param name="cancellationToken">Cancels it.</param>
public delegate Task<Snapshot> ClusterReader(string? kubeconfig, CancellationToken cancellationToken);
