using k8s;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.World;
using PatchOperator.Ports;
using PatchOperator.Resources;

namespace PatchOperator.Caches;

/// <summary>All that is known of the cluster, from watches, lists and the answers to our own writes.</summary>
internal sealed class ClusterWorld : IWorld
{
    private readonly Lock gate = new();
    private readonly ILogger logger;
    private volatile Snapshot snapshot = Snapshot.Empty;

    public ClusterWorld(ILogger<ClusterWorld> logger)
    {
        this.logger = logger;
        Policies = Store<PatchPolicy>(PatchPolicy.KindName, (now, name, policy) => now.WithPolicy(name, policy));
        Windows = Store<PatchWindow>(PatchWindow.KindName, (now, name, window) => now.WithWindow(name, window));
        Runs = Store<PatchRun>(PatchRun.KindName, (now, name, run) => now.WithRun(name, run));
        Plans = Store<PatchPlan>(PatchPlan.KindName, (now, name, plan) => now.WithPlan(name, plan));
        Records = Store<PatchRecord>(PatchRecord.KindName, (now, name, record) => now.WithRecord(name, record));
        Baselines = Store<ImageBaseline>(ImageBaseline.KindName, (now, name, baseline) => now.WithBaseline(name, baseline));
        NodePatches = Store<NodePatch>(NodePatch.KindName, (now, name, patch) => now.WithNodePatch(name, patch));
        // Most changes of these say nothing new: heartbeats above all.
        Nodes = Store<NodeResource>(V1Node.KubeKind, (now, name, node) =>
            Projections.Node(node) is var after && now.Nodes[name] is var before && Projections.Same(before, after) ? now : now.WithNode(name, after));
        Jobs = Store<JobResource>(
            V1Job.KubeKind, (now, name, job) => Projections.Job(job) is var after && now.Jobs[name] == after ? now : now.WithJob(name, after));
        Pods = Store<PodResource>(
            V1Pod.KubeKind, (now, name, pod) => Projections.Pod(pod) is var after && now.Pods[name] == after ? now : now.WithPod(name, after));
    }

    /// <summary>Something has changed. Told one after the other, in order; a handler only takes it down.</summary>
    public event Action<WorldChange>? Changed;

    /// <inheritdoc/>
    public Snapshot Snapshot => snapshot;

    public Store<PatchPolicy> Policies { get; }

    public Store<PatchWindow> Windows { get; }

    public Store<PatchRun> Runs { get; }

    public Store<PatchPlan> Plans { get; }

    public Store<PatchRecord> Records { get; }

    public Store<ImageBaseline> Baselines { get; }

    public Store<NodePatch> NodePatches { get; }

    public Store<NodeResource> Nodes { get; }

    public Store<JobResource> Jobs { get; }

    public Store<PodResource> Pods { get; }

    /// <summary>Works on a store, while nobody else works on any.</summary>
    public void With<TResource>(Store<TResource> store, Action<Store<TResource>> work)
        where TResource : IKubernetesObject<V1ObjectMeta>
    {
        lock (gate)
            work(store);
    }

    /// <inheritdoc/>
    public void Observe(IKubernetesObject<V1ObjectMeta> resource)
    {
        lock (gate)
        {
            switch (resource)
            {
                case PatchPolicy policy: Policies.Put(policy); break;
                case PatchWindow window: Windows.Put(window); break;
                case PatchRun run: Runs.Put(run); break;
                case PatchPlan plan: Plans.Put(plan); break;
                case PatchRecord record: Records.Put(record); break;
                case ImageBaseline baseline: Baselines.Put(baseline); break;
                case NodePatch patch: NodePatches.Put(patch); break;
                case NodeResource node: Nodes.Put(node); break;
                case JobResource job: Jobs.Put(job); break;
                case PodResource pod when pod.Metadata.Labels?.ContainsKey(ApiGroup.ManagedByLabel) == true: Pods.Put(pod); break;
            }
        }
    }

    private Store<TResource> Store<TResource>(string kind, Func<Snapshot, string, TResource?, Snapshot> apply)
        where TResource : class, IKubernetesObject<V1ObjectMeta> => new((name, resource) =>
        {
            var before = snapshot;
            var after = apply(before, name, resource);
            if (ReferenceEquals(before, after))
                return;
            snapshot = after;
            Tell(new WorldChange(kind, name, before, after));
        });

    // A handler that fails must not pass for a watch that broke.
    private void Tell(WorldChange change)
    {
        try
        {
            Changed?.Invoke(change);
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "Nobody was told that {Kind} {Name} has changed", change.Kind, change.Name);
        }
    }
}
