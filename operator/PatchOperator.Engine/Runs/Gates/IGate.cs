namespace PatchOperator.Engine.Runs.Gates;

/// <summary>One rule of a rollout. <see cref="RunGates"/> has them in a list; the first that does not say "go" decides.</summary>
internal interface IGate
{
    /// <summary>What the gate is called in the run's status.</summary>
    string Name { get; }

    /// <summary>Whether nodes may be admitted, as far as this rule goes.</summary>
    GateAnswer Ask(RunState run);
}
