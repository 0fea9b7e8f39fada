using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Running;

/// <summary>One life of an image step: request, step, result, exit code.</summary>
/// <param name="name">The step's name, for messages.</param>
/// <param name="step">The step.</param>
/// <param name="workspace">The folder that the Job's containers share.</param>
/// <param name="log">Gets the result.</param>
/// <param name="progress">For a person.</param>
/// <param name="time">The clock.</param>
internal sealed class ImageRun(string name, IImageStep step, Workspace workspace, TerminationLog log, Progress progress, TimeProvider time)
{
    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string? requestJson, CancellationToken stop)
    {
        try
        {
            var result = await PerformAsync(requestJson, stop);
            progress.Say($"{name}: {result?.Reason ?? ImageReasons.Completed}{(result is null ? "" : ": " + result.Message)}");
            if (result is not null)
                log.Write(ImageResults.Write(result));
            return ExitCode(result?.Reason ?? ImageReasons.Completed);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            progress.Say($"{name}: told to stop");
            return ImageExitCodes.Stopped;
        }
    }

    /// <summary>Whether to try again follows from the reason, and from nothing else.</summary>
    internal static int ExitCode(string reason) => reason switch
    {
        ImageReasons.Completed => ImageExitCodes.Done,
        ImageReasons.RepositoryUnavailable or ImageReasons.RegistryUnavailable or ImageReasons.DiskFull or ImageReasons.TimedOut => ImageExitCodes.TryAgain,
        ImageReasons.AgentFailed => ImageExitCodes.Fault,
        _ => ImageExitCodes.BadRecipe,
    };

    private async Task<ImageResult?> PerformAsync(string? requestJson, CancellationToken stop)
    {
        try
        {
            var request = ImageRequestReader.Read(requestJson);
            progress.Say($"{name} of {request.Baseline} in {workspace.Root}");
            return await step.RunAsync(new ImageJob(request, workspace, progress, time), stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw;
        }
        catch (ImageFailureException failure)
        {
            return failure.Result;
        }
        catch (IOException error) when (DiskSpace.HasRunOut(error))
        {
            return new ImageResult { Reason = ImageReasons.DiskFull, Message = $"{name} ran out of disk space: {error.Message}" };
        }
        catch (Exception error)
        {
            progress.Quote(error.ToString());
            return new ImageResult { Reason = ImageReasons.AgentFailed, Message = $"the agent failed: {error.GetType().Name}: {error.Message}" };
        }
    }
}
