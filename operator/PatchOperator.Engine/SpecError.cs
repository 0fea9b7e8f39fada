namespace PatchOperator.Engine;

/// <summary>One thing that is wrong with a spec.</summary>
/// <param name="Field">Path of the field, such as <c>spec.schedules[0].cron</c>.</param>
/// <param name="Message">What is wrong and what is allowed, as a clause that follows the field's name.</param>
public sealed record SpecError(string Field, string Message)
{
    /// <summary>Such as <c>spec.duration: must be longer than zero, such as 4h</c>.</summary>
    public override string ToString() => $"{Field}: {Message}";
}
