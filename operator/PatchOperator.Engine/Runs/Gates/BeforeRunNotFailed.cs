namespace PatchOperator.Engine.Runs.Gates;

/// <summary>Where the hook beforeRun has failed, nothing begins before a person has looked; then the hook is run again.</summary>
internal sealed class BeforeRunNotFailed : IGate
{
    public string Name => "BeforeRunNotFailed";

    public GateAnswer Ask(RunState run) => run.Hooks.BeforeRun is { HasFailed: true } hook
        ? new GateAnswer.Halt($"{hook.Words}. {Halts.HowToGoOn}")
        : GateAnswer.Open;
}
