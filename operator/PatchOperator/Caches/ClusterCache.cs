using k8s.Models;
using KubeOps.KubernetesClient;
using PatchOperator.Api;
using PatchOperator.Caches.Resources;
using PatchOperator.Engine.Facts;
using PatchOperator.Engine.Selection;

namespace PatchOperator.Caches;

/// <summary>Everything decisions are made from, kept by informers.</summary>
internal sealed class ClusterCache
{
    private readonly IInformer[] informers;
    private readonly Lock claimsGate = new();
    private (long Nodes, long Policies, Claims Claims)? claims;

    public ClusterCache(IKubernetesClient client, OperatorOptions options, TimeProvider time, ILogger<ClusterCache> logger)
    {
        var ours = $"{ApiGroup.ManagedByLabel}={ApiGroup.ManagedBy}";
        Informer<TResource, TItem> Watch<TResource, TItem>(InformerOptions<TResource, TItem> what)
            where TResource : class, k8s.IKubernetesObject<V1ObjectMeta>
            where TItem : class => new(client, what, time, logger);

        Policies = Watch(new InformerOptions<PatchPolicy, PatchPolicy> { Project = policy => policy });
        Windows = Watch(new InformerOptions<PatchWindow, PatchWindow> { Project = window => window });
        Runs = Watch(new InformerOptions<PatchRun, PatchRun> { Project = run => run, IndexBy = run => run.Spec.Policy.Name });
        Baselines = Watch(new InformerOptions<ImageBaseline, ImageBaseline> { Project = baseline => baseline });
        NodePatches = Watch(new InformerOptions<NodePatch, NodePatch> { Project = patch => patch });
        Nodes = Watch(new InformerOptions<NodeResource, NodeFacts> { Project = Projections.Node, Same = Projections.Same });
        Jobs = Watch(new InformerOptions<JobResource, JobRecord>
        {
            Namespace = options.JobNamespace,
            LabelSelector = ours,
            Project = Projections.Job,
            Same = (before, after) => before == after,
            IndexBy = job => job.Key,
        });
        Pods = Watch(new InformerOptions<PodResource, PodRecord>
        {
            Namespace = options.JobNamespace,
            LabelSelector = ours,
            Project = Projections.Pod,
            Same = (before, after) => before == after,
            IndexBy = pod => pod.Job,
        });
        informers = [Policies, Windows, Runs, Baselines, NodePatches, Nodes, Jobs, Pods];
    }

    public Informer<PatchPolicy, PatchPolicy> Policies { get; }

    public Informer<PatchWindow, PatchWindow> Windows { get; }

    public Informer<PatchRun, PatchRun> Runs { get; }

    public Informer<ImageBaseline, ImageBaseline> Baselines { get; }

    public Informer<NodePatch, NodePatch> NodePatches { get; }

    public Informer<NodeResource, NodeFacts> Nodes { get; }

    public Informer<JobResource, JobRecord> Jobs { get; }

    public Informer<PodResource, PodRecord> Pods { get; }

    /// <summary>Completes when every kind has been listed once since <see cref="RunAsync"/> was called.</summary>
    public Task Synced => Task.WhenAll(informers.Select(informer => informer.Synced));

    /// <summary>Which policy each node belongs to; computed anew only when a policy or a node has changed.</summary>
    public Claims Claims
    {
        get
        {
            lock (claimsGate)
            {
                var (nodes, policies) = (Nodes.Version, Policies.Version);
                if (claims is not { } known || known.Nodes != nodes || known.Policies != policies)
                    claims = known = (nodes, policies, Claims.Of(Policies.Items, Nodes.Items));
                return known.Claims;
            }
        }
    }

    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(informers.Select(informer => informer.RunAsync(cancellationToken)));
}
