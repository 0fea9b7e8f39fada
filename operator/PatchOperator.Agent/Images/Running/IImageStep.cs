using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Running;

/// <summary>One step of an image Job: <c>pull</c>, <c>build</c>, <c>test</c>, <c>scan</c> or <c>report</c>.</summary>
internal interface IImageStep
{
    /// <returns>What goes to the termination log; its reason decides the exit code. Null: all is well, and there is nothing to say.</returns>
    /// <exception cref="ImageFailureException">It failed, for a reason that is known and has a name.</exception>
    /// <exception cref="OperationCanceledException">It was told to stop.</exception>
    Task<ImageResult?> RunAsync(ImageJob job, CancellationToken stop);
}
