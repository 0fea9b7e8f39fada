using PatchOperator.Api;

namespace PatchOperator.Engine.Images;

/// <summary>Whether a built image may be promoted.</summary>
internal static class Gate
{
    /// <summary>Why it may not; null when it may.</summary>
    public static BuildFailure? Examine(ImageBaselineSpec spec, BuiltImage image, IReadOnlyList<ImageTestResult> tests)
    {
        if (spec.Revoked.Contains(image.Digest))
            return new BuildFailure
            {
                Step = "gate",
                Reason = Reasons.ImageRevoked,
                Message = "the build gave an image that spec.revoked names: change the recipe, or wait for the updates it lacks",
            };
        var failed = tests.Where(test => !test.Passed).ToList();
        if (failed.Count > 0)
            return new BuildFailure
            {
                Step = "test",
                Reason = Reasons.TestFailed,
                Message = Text.Fit(string.Join("; ", failed.Select(test => $"test '{test.Name}' failed: {test.Message}"))),
            };
        var missing = spec.Tests.Where(test => tests.All(result => result.Name != test.Name)).Select(test => test.Name).ToList();
        if (missing.Count > 0)
            return new BuildFailure
            {
                Step = "test",
                Reason = Reasons.ResultInvalid,
                Message = $"no result was reported for the tests {string.Join(", ", missing)}",
            };
        return spec.Gate.OnFinding == GateAction.Report ? null : Pending(spec.Gate, image);
    }

    private static BuildFailure? Pending(ImageGate gate, BuiltImage image)
    {
        if (image.Pending is null)
            return new BuildFailure { Step = "gate", Reason = Reasons.ResultInvalid, Message = "what is pending in the image is not known" };
        if (image.Incomplete > 0)
        {
            var names = string.Join(", ", image.IncompleteNames);
            return new BuildFailure
            {
                Step = "gate",
                Reason = Reasons.PackagesIncomplete,
                Message = Text.Fit($"{image.Incomplete} packages in it are not whole: {names}"),
            };
        }

        var (security, blocked) = (image.Pending.Security, image.Pending.BlockedSecurity);
        return security + blocked <= gate.MaxPendingSecurity
            ? null
            : new BuildFailure
            {
                Step = "gate",
                Reason = Reasons.SecurityUpdatesPending,
                Message = Text.Fit($"{security + blocked} security updates are pending in it{(blocked > 0 ? $", {blocked} of them cannot be installed" : "")}, "
                    + $"spec.gate.maxPendingSecurity is {gate.MaxPendingSecurity}: "
                    + string.Join(", ", image.PendingNames.Concat(blocked > 0 ? image.BlockedNames : []))),
            };
    }
}
