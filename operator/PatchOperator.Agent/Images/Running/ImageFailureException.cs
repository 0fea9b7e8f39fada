using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Running;

/// <summary>An image step ends here, for a reason that is known and has a name.</summary>
/// <param name="reason">A constant of <see cref="ImageReasons"/>; it decides the exit code.</param>
/// <param name="message">One sentence for a person: what happened, and what to do about it.</param>
internal sealed class ImageFailureException(string reason, string message) : Exception(message)
{
    public ImageResult Result { get; } = new() { Reason = reason, Message = message };
}
