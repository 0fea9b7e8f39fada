using PatchOperator.Contract;

namespace PatchOperator.Agent.Run;

/// <summary>The request cannot be carried out as it is written.</summary>
/// <param name="step">The step it asked for, as far as it can be told.</param>
/// <param name="message">What is wrong, by the field's name, and how to put it right.</param>
internal sealed class InvalidRequestException(AgentStep step, string message) : Exception(message)
{
    public AgentStep Step => step;
}
