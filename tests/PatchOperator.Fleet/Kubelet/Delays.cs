namespace PatchOperator.Fleet.Kubelet;

/// <summary>How long things take on a pretended node, in the real world divided by <paramref name="Speed"/>.</summary>
/// <param name="Speed">1 is real time.</param>
internal sealed record Delays(double Speed)
{
    public TimeSpan Scan => Of(5);

    public TimeSpan Patch => Of(30);

    /// <summary>From NotReady to Ready with another boot ID.</summary>
    public TimeSpan Reboot => Of(20);

    public TimeSpan Verify => Of(5);

    /// <summary>From the eviction of a pod to its end.</summary>
    public TimeSpan Eviction => Of(2);

    /// <summary>What the policy asks for: whole seconds, one at least.</summary>
    public TimeSpan MinReady => TimeSpan.FromSeconds(Math.Max(1, Math.Round(10 / Speed)));

    private TimeSpan Of(double seconds) => TimeSpan.FromSeconds(seconds / Speed);
}
