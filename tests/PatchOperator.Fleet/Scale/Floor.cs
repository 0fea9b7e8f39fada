using PatchOperator.Fleet.Kubelet;

namespace PatchOperator.Fleet.Scale;

/// <summary>What a rollout would take if the operator and the API server took no time.</summary>
internal static class Floor
{
    /// <summary>The nodes in their order, each in the first slot that is free.</summary>
    public static TimeSpan Of(IEnumerable<FakeNode> nodes, int slots, Delays delays, bool pods)
    {
        var free = new PriorityQueue<int, TimeSpan>(Enumerable.Range(0, slots).Select(slot => (slot, TimeSpan.Zero)));
        var end = TimeSpan.Zero;
        foreach (var node in nodes)
        {
            free.TryDequeue(out var slot, out var since);
            var until = since + Turn(node, delays, pods);
            free.Enqueue(slot, until);
            end = until > end ? until : end;
        }

        return end;
    }

    // Only a node that needs a reboot is drained, as the policy leaves drain.mode alone; it is verified while it has to stay Ready.
    private static TimeSpan Turn(FakeNode node, Delays delays, bool pods) => node.UpdatesNeedReboot
        ? delays.Patch + (pods ? delays.Eviction : TimeSpan.Zero) + delays.Reboot + (delays.Verify > delays.MinReady ? delays.Verify : delays.MinReady)
        : delays.Patch + delays.Verify;
}
