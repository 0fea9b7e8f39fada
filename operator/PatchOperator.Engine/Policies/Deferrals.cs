using PatchOperator.Api;

namespace PatchOperator.Engine.Policies;

/// <summary>
/// Updates that are not approved before they have been known for long enough. How long that is by now is persisted, in the policy's status, so that what
/// follows from it for each node is computed once and not at every look.
/// </summary>
internal static class Deferrals
{
    /// <summary>
    /// What is persisted as <see cref="PatchPolicyStatus.SeenBefore"/>; it only moves where that approves something, or takes an approval back.
    /// </summary>
    public static DateTimeOffset? SeenBefore(PolicyInput input)
    {
        if (input.Policy.Spec.Updates.ApproveAfter is not { } text)
            return null;
        // Rounded up: a cut would leave waiting what has become due within the second.
        var (before, now) = (input.Policy.Status.SeenBefore, Instants.WholeSeconds(input.Now - Durations.Parse(text)).AddSeconds(1));
        return before is null || before > now || OldestWaiting(input) <= now ? now : before;
    }

    /// <summary>When the next update has waited long enough, in UTC; null where none waits.</summary>
    public static DateTimeOffset? Until(PolicyInput input) =>
        input.Policy.Spec.Updates.ApproveAfter is { } text && OldestWaiting(input) is { } oldest ? oldest + Durations.Parse(text) : null;

    private static DateTimeOffset? OldestWaiting(PolicyInput input) =>
        input.Members.Min(view => view.Assessment.OldestDeferred);
}
