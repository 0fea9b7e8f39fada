using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Images.Roots;
using PatchOperator.Agent.Images.Running;
using PatchOperator.Agent.Images.Unpacking;
using PatchOperator.Agent.Packages.Apt;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Testing;

/// <summary>Runs the request's tests, one after the other, in one copy of the image.</summary>
internal sealed class TestStep : IImageStep
{
    public async Task<ImageResult?> RunAsync(ImageJob job, CancellationToken stop)
    {
        var outcomes = new List<ImageTestOutcome>();
        await using (var image = await UnpackedImage.OpenAsync(job, stop))
        {
            using var nameServers = LentFile.NameServers(image.Commands.Root);
            foreach (var test in job.Request.Tests)
            {
                outcomes.Add(await RunAsync(job, test, image.Commands, stop));
                job.Progress.Say($"test {test.Name}: {outcomes[^1].Message ?? "passed"}");
            }
        }

        Workspace.Write(job.Workspace.Tests, outcomes, ContractJson.Default.IReadOnlyListImageTestOutcome);
        return null;
    }

    private static async Task<ImageTestOutcome> RunAsync(ImageJob job, ImageRequestTest test, HostCommands image, CancellationToken stop)
    {
        job.Progress.Say($"test {test.Name}: {string.Join(' ', test.Command)}");
        using var deadline = new Deadline(TimeSpan.FromSeconds(test.TimeoutSeconds), job.Time, stop);
        var command = new TalkingCommand(image, new HostCommand(test.Command[0], [.. test.Command.Skip(1)]), job.Progress);
        try
        {
            var exitCode = await command.RunAsync(deadline.Token);
            return new ImageTestOutcome(test.Name, exitCode == 0, exitCode == 0 ? null : $"exit code {exitCode}{End(command)}");
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            return new ImageTestOutcome(test.Name, Passed: false, $"took longer than its {test.TimeoutSeconds} seconds{End(command)}");
        }
    }

    private static string End(TalkingCommand command) => command.Said.Trim().Length == 0 ? "" : ": " + AptMessages.Tail(command.Said);
}
