using System.CommandLine;
using PatchOperator.Agent.Images.Running;
using PatchOperator.Agent.Run;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images;

/// <summary><c>patch-agent image STEP</c>.</summary>
internal static class ImageCommandLine
{
    private const string ExitCodes = """
        Progress goes to standard error, the result to the termination log.
        Exit codes: 0 done; 65 the recipe, or what came of it, is at fault; 70 a fault of the agent; 75 something is away, try again;
        143 told to stop, no result.
        """;

    private static readonly Option<string> TerminationLogFile = new("--termination-log")
    {
        Description = "The file that gets the result: the container's terminationMessagePath.",
        DefaultValueFactory = _ => AgentOptions.DefaultTerminationLog,
    };

    /// <param name="run">Runs with a token that is cancelled when the process is told to stop.</param>
    public static Command Make(Func<Func<CancellationToken, Task<int>>, CancellationToken, Task<int>> run)
    {
        var image = new Command("image", $"""
            The steps of an image Job: build, test, scan, report; or pull, scan, report. Each is a container with the same request, as JSON in the
            environment variable {ImageRequest.EnvironmentVariable}. They share the folder that {ImageWorkspace.PathVariable} names
            (default {ImageWorkspace.Path}).
            """);
        foreach (var (name, description, step) in ImageSteps.All)
        {
            var command = new Command(name, $"{description}\n{ExitCodes}") { TerminationLogFile };
            command.SetAction(
                (arguments, cancellation) => run(stop => RunAsync(name, step(), arguments.GetRequiredValue(TerminationLogFile), stop), cancellation));
            image.Add(command);
        }

        return image;
    }

    private static async Task<int> RunAsync(string name, IImageStep step, string terminationLog, CancellationToken stop)
    {
        var progress = new Progress(Console.Error, TimeProvider.System);
        var run = new ImageRun(name, step, Workspace.FromEnvironment(), new TerminationLog(terminationLog, progress), progress, TimeProvider.System);
        return await run.RunAsync(Environment.GetEnvironmentVariable(ImageRequest.EnvironmentVariable), stop);
    }
}
