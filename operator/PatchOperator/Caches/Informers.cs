using k8s;
using k8s.Models;
using KubeOps.KubernetesClient;
using PatchOperator.Api;
using PatchOperator.Resources;

namespace PatchOperator.Caches;

/// <summary>
/// Lists and watches everything that decisions are made from, each kind once. A replica that stands by does so too: then it need not begin with
/// nothing when it takes over.
/// </summary>
internal sealed class Informers : BackgroundService
{
    private readonly IInformer[] all;
    private readonly IInformer[] reserving;

    public Informers(IKubernetesClient client, ClusterWorld world, OperatorOptions options, TimeProvider time, ILogger<Informers> logger)
    {
        var ours = $"{ApiGroup.ManagedByLabel}={ApiGroup.ManagedBy}";
        Informer<TResource> Watch<TResource>(Watched<TResource> what)
            where TResource : class, IKubernetesObject<V1ObjectMeta> => new(client, world, what, time, logger);

        reserving =
        [
            Watch(new Watched<PatchRun>(world.Runs)),
            Watch(new Watched<PatchPlan>(world.Plans)),
            // Of 100 KiB each.
            Watch(new Watched<PatchRecord>(world.Records, PageSize: 20)),
            Watch(new Watched<NodePatch>(world.NodePatches)),
            Watch(new Watched<ImageBaseline>(world.Baselines)),
            Watch(new Watched<JobResource>(world.Jobs, options.JobNamespace, ours)),
        ];
        all =
        [
            .. reserving,
            Watch(new Watched<PatchPolicy>(world.Policies)),
            Watch(new Watched<PatchWindow>(world.Windows)),
            Watch(new Watched<NodeResource>(world.Nodes)),
            Watch(new Watched<PodResource>(world.Pods, options.JobNamespace, ours)),
        ];
    }

    /// <summary>Completes when every kind has been listed once.</summary>
    public Task Synced => Task.WhenAll(all.Select(informer => informer.Synced));

    /// <summary>
    /// Completes when what is known of what a leader writes is not older than this call. A new leader must not overlook what the one before it has
    /// reserved; of the rest a moment's lag does no harm, as what is done to a Node is done to the Node as it is.
    /// </summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await Synced.WaitAsync(cancellationToken);
        await Task.WhenAll(reserving.Select(informer => informer.RefreshAsync(cancellationToken)));
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(all.Select(informer => informer.RunAsync(stoppingToken)));
}
