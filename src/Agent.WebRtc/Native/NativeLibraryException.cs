namespace Agent.WebRtc.Native;

/// <summary>A native library is missing or refuses to work; the message names the package to install.</summary>
public sealed class NativeLibraryException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is missing and the command that installs it.</param>
    /// <param name="innerException">What the loader said.</param>
    public NativeLibraryException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
