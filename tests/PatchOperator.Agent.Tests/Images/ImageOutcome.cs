using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Tests.Images;

/// <summary>How an image step ended, as the operator would see it.</summary>
internal sealed record ImageOutcome(int ExitCode, ImageResult? Result, string Errors)
{
    public void Succeeded() => Assert.True(ExitCode == 0 && Result is null, $"exit code {ExitCode}, {Result}\n{Errors}");

    /// <returns>The message.</returns>
    public string Failed(int exitCode, string reason)
    {
        Assert.True(
            (exitCode, reason) == (ExitCode, Result?.Reason), $"expected {exitCode}/{reason}, got {ExitCode}/{Result?.Reason}: {Result?.Message}\n{Errors}");
        return Result!.Message;
    }
}
