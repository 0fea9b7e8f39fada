using PatchOperator.Api;

namespace PatchOperator.Engine.Runs;

/// <summary>Which ImageBaselines still lack what a run has installed: the part of its record that is closed only once they have it.</summary>
internal static class RunBaselines
{
    public static List<BaselineCoverage> Of(RunInput input, RunProgress? progress)
    {
        var run = input.Run;
        if (input.IsTakenBack)
            return [];
        if (progress is not { Succeeded: > 0 } || input.Plan is not { Spec.Updates.Count: > 0 })
            return run.Status.Baselines;
        return
        [
            .. input.Baselines
                .Where(baseline => baseline.Spec.Triggers.OnPolicies.Contains(run.Spec.Policy.Name) && baseline.Metadata.DeletionTimestamp is null)
                .OrderBy(baseline => baseline.Metadata.Name, StringComparer.Ordinal)
                .Take(Limits.RunBaselines)
                .Select(
                    baseline => run.Status.Baselines.FirstOrDefault(before => before.Name == baseline.Metadata.Name && before.UpToDate) ?? Of(run, baseline)),
        ];
    }

    private static BaselineCoverage Of(PatchRun run, ImageBaseline baseline)
    {
        var status = baseline.Status;
        var known = status.Runs.FirstOrDefault(coverage => coverage.RunUid == run.Metadata.Uid);
        var (upToDate, message) = known switch
        {
            { TooLarge: true } => (false, "the updates are more than a scan of an image can be asked for"),
            null or { Digest: null } => (false, "no image has been looked into yet"),
            { Missing: > 0 } => (false, $"its newest image lacks {known.Missing} updates: {string.Join(", ", known.Names)}"),
            { InCurrent: true } => (true, $"{status.Current?.Version} has everything"),
            _ when known.Digest == status.Candidate?.Digest => (false, $"{status.Candidate.Version} has everything and waits for its promotion"),
            _ => (false, "the image that had everything was not promoted"),
        };
        return new BaselineCoverage
        {
            Name = baseline.Metadata.Name,
            UpToDate = upToDate,
            Missing = known?.Digest is null ? null : known.Missing,
            Message = Text.Fit(message),
        };
    }
}
