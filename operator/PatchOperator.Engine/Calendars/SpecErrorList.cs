namespace PatchOperator.Engine.Calendars;

/// <summary>What several readers of one spec find wrong with it, in the order in which they look.</summary>
internal sealed class SpecErrorList
{
    private readonly List<SpecError> errors = [];

    /// <summary>All that is wrong.</summary>
    public IReadOnlyList<SpecError> All => errors;

    /// <param name="field">The path of the field.</param>
    /// <param name="message">What is wrong and what is allowed, as a clause that follows the field's name.</param>
    public void Add(string field, string message) => errors.Add(new SpecError(field, message));
}
