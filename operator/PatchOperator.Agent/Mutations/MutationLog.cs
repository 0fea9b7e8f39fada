using PatchOperator.Agent.Run;

namespace PatchOperator.Agent.Mutations;

/// <summary>The file on the host that a mutation writes to; its new lines are passed on to the Job's log as they come.</summary>
internal sealed class MutationLog(StateDirectory state, string mutation, Progress progress)
{
    private int told;

    public string HostPath => state.HostPathOf(File);

    private string File => mutation + ".log";

    public void Begin()
    {
        state.Write(File, "");
        told = 0;
    }

    /// <summary>Everything so far. Tells the lines that are new and complete.</summary>
    public string Read()
    {
        var text = state.Read(File) ?? "";
        var complete = text.LastIndexOf('\n') + 1;
        if (complete > told)
            progress.Quote(text[told..complete]);
        told = Math.Max(told, complete);
        return text;
    }
}
