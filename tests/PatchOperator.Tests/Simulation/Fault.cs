namespace PatchOperator.Tests.Simulation;

/// <summary>What may become of a call.</summary>
internal enum Fault
{
    /// <summary>Nothing: it is answered.</summary>
    None,

    /// <summary>Somebody else was faster.</summary>
    Conflict,

    /// <summary>It is done, and nobody hears of it.</summary>
    AnswerLost,

    /// <summary>It never arrives.</summary>
    CallLost,

    /// <summary>The operator ends before it.</summary>
    Crash,
}
