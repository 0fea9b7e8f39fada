using PatchOperator.Api;
using PatchOperator.Engine.Plans;

namespace PatchOperator.Engine.Images;

/// <summary>Live drift: how much of what runs have installed on nodes the newest image lacks.</summary>
internal static class RunCoverages
{
    /// <summary>The runs whose updates the image must have, newest first: over, with at least one node patched, and not taken back.</summary>
    public static IReadOnlyList<PatchRun> Relevant(BaselineInput input) =>
    [
        .. input.Runs
            .Where(run => input.Spec.Triggers.OnPolicies.Contains(run.Spec.Policy.Name)
                && RunPhases.IsTerminal(run.Status.Phase)
                && run.Status is { Progress.Succeeded: > 0, FinishedAt: not null }
                && input.UpdatesOf(run).Count > 0
                && !Undoing.IsTakenBack(run, input.Runs))
            .OrderByDescending(run => run.Status.FinishedAt)
            .ThenBy(run => run.Metadata.Name, StringComparer.Ordinal)
            .Take(Limits.CoveredRuns),
    ];

    /// <summary>Lists the runs that matter now, with what is known of each.</summary>
    public static void Track(BaselineDraft draft) => draft.Status = draft.Status with
    {
        Runs =
        [
            .. Relevant(draft.Input).Select(run =>
                draft.Status.Runs.FirstOrDefault(known => known.RunUid == run.Metadata.Uid)
                ?? new RunCoverage { Run = run.Metadata.Name, RunUid = run.Metadata.Uid }),
        ],
    };

    /// <summary>The order in which a Job that looks into an image is asked for runs: what is not known of it comes first.</summary>
    public static IEnumerable<RunCoverage> InOrder(BaselineDraft draft, string? digest) =>
        draft.Status.Runs.OrderBy(known => digest is not null && known.Digest == digest).ThenBy(known => known.TooLarge);

    /// <summary>Takes over what a Job has found in an image.</summary>
    public static void Found(
        BaselineDraft draft, string digest, ImageJob job, IReadOnlyDictionary<string, (int Missing, IReadOnlyList<string> Names)> expected)
    {
        // What is not known comes first: where the Job was asked for none of it, it never will be.
        var inVain = !draft.Status.Runs.Any(known => known.Digest != digest && expected.ContainsKey(known.RunUid));
        draft.Status = draft.Status with { Runs = [.. draft.Status.Runs.Select(Look)] };

        RunCoverage Look(RunCoverage known) => expected.TryGetValue(known.RunUid, out var found)
            ? known with
            {
                Digest = digest,
                TooLarge = false,
                Missing = found.Missing,
                Names = [.. found.Names.Take(Limits.MissingNames)],
                // A look into a candidate says nothing of the current image.
                InCurrent = digest == draft.Status.Current?.Digest ? found.Missing == 0 : known.InCurrent,
            }
            : known with { TooLarge = known.TooLarge || (inVain && known.Digest != digest && job.Runs.Contains(known.RunUid)) };
    }

    /// <summary>Another image is current now.</summary>
    public static void Promoted(BaselineDraft draft, string digest) => draft.Status = draft.Status with
    {
        Runs = [.. draft.Status.Runs.Select(known => known with { InCurrent = known.Digest == digest && known.Missing == 0 })],
    };

    /// <summary>Whether there are runs of which it is not known how much the newest image has, and can be.</summary>
    public static bool Unknown(BaselineDraft draft) =>
        draft.Newest is { } newest && draft.Status.Runs.Any(known => !known.TooLarge && known.Digest != newest.Digest);

    /// <summary>Runs of which the newest image lacks something.</summary>
    public static IEnumerable<RunCoverage> Lacking(BaselineDraft draft) =>
        draft.Status.Runs.Where(known => known.Missing > 0 && known.Digest == draft.Newest?.Digest);
}
