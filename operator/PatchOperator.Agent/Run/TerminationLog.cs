namespace PatchOperator.Agent.Run;

/// <summary>What the kubelet reads when the container has ended, see <c>terminationMessagePath</c>.</summary>
/// <param name="file">The file.</param>
/// <param name="progress">Told when it cannot be written.</param>
internal sealed class TerminationLog(string file, Progress progress)
{
    public void Write(string message)
    {
        // Outside a container there is none, and /dev is no place to leave files in.
        if (file == AgentOptions.DefaultTerminationLog && !File.Exists(file))
            return;
        try
        {
            File.WriteAllText(file, message);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            progress.Say($"cannot write the result to {file}: {error.Message}");
        }
    }
}
