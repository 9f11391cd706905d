using System.Runtime.InteropServices;
using System.Text;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Native;

namespace Agent.Pipeline.Onnx;

/// <summary>ONNX Runtime's C interface: one environment for the process, one function table.</summary>
internal sealed unsafe class OnnxRuntime : IDisposable
{
    // The version of the table that is asked for: the oldest that holds every function used here, so that any library from 1.10 on will do.
    private const uint ApiVersion = 10;
    private const int LogErrors = 3;
    private const int SequentialExecution = 0;
    private const int AllOptimizations = 99;
    private const int ArenaAllocator = 1;
    private const int DefaultMemory = 0;

    private readonly nint* _table;
    private readonly OnnxHandle _environment;
    private readonly OnnxHandle _cpuMemory;
    private readonly nint _allocator;

    private OnnxRuntime(nint* table)
    {
        _table = table;
        nint environment;
        fixed (byte* name = "agent\0"u8)
            Check(((delegate* unmanaged[Cdecl]<int, byte*, nint*, nint>)this[OrtFunction.CreateEnv])(LogErrors, name, &environment));
        _environment = Own(environment, OrtFunction.ReleaseEnv);
        nint memory;
        Check(((delegate* unmanaged[Cdecl]<int, int, nint*, nint>)this[OrtFunction.CreateCpuMemoryInfo])(ArenaAllocator, DefaultMemory, &memory));
        _cpuMemory = Own(memory, OrtFunction.ReleaseMemoryInfo);
        nint allocator;
        Check(((delegate* unmanaged[Cdecl]<nint*, nint>)this[OrtFunction.GetAllocatorWithDefaultOptions])(&allocator));
        _allocator = allocator;
    }

    internal nint this[OrtFunction function] => _table[(int)function];

    internal static OnnxRuntime Load(string? libraryPath)
    {
        var library = NativeFile.LoadLibrary(
            "ONNX Runtime",
            libraryPath,
            "libonnxruntime.so",
            "run `./run` once, or `npm ci --prefix native`, or name the library in the settings");
        if (!NativeLibrary.TryGetExport(library, "OrtGetApiBase", out var getBase))
            throw new ConfigurationException("The library loaded as ONNX Runtime exports no OrtGetApiBase: name a real libonnxruntime.so in the settings.");

        // struct OrtApiBase { const OrtApi* (*GetApi)(uint32_t version); const char* (*GetVersionString)(void); }
        var apiBase = (nint*)((delegate* unmanaged[Cdecl]<nint>)getBase)();
        var table = (nint*)((delegate* unmanaged[Cdecl]<uint, nint>)apiBase[0])(ApiVersion);
        if (table is null)
        {
            var version = Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<nint>)apiBase[1])());
            throw new ConfigurationException($"ONNX Runtime {version} does not offer version {ApiVersion} of its interface: use 1.10 or later.");
        }

        return new OnnxRuntime(table);
    }

    internal OnnxHandle Own(nint value, OrtFunction release) => new(value, this[release]);

    internal OnnxHandle OpenSession(string modelPath)
    {
        nint optionsPointer;
        Check(((delegate* unmanaged[Cdecl]<nint*, nint>)this[OrtFunction.CreateSessionOptions])(&optionsPointer));
        using var options = Own(optionsPointer, OrtFunction.ReleaseSessionOptions);

        // One thread, the caller's: the models are tiny, and a pool that spins would eat the cores that other sessions need.
        SetOption(OrtFunction.SetIntraOpNumThreads, optionsPointer, 1);
        SetOption(OrtFunction.SetInterOpNumThreads, optionsPointer, 1);
        SetOption(OrtFunction.SetSessionExecutionMode, optionsPointer, SequentialExecution);
        SetOption(OrtFunction.SetSessionGraphOptimizationLevel, optionsPointer, AllOptimizations);
        SetOption(OrtFunction.SetSessionLogSeverityLevel, optionsPointer, LogErrors);
        fixed (byte* intra = "session.intra_op.allow_spinning\0"u8, inter = "session.inter_op.allow_spinning\0"u8, no = "0\0"u8)
        {
            var configure = (delegate* unmanaged[Cdecl]<nint, byte*, byte*, nint>)this[OrtFunction.AddSessionConfigEntry];
            Check(configure(optionsPointer, intra, no));
            Check(configure(optionsPointer, inter, no));
        }

        nint session;
        fixed (byte* path = Encoding.UTF8.GetBytes(modelPath + '\0'))
        {
            var create = (delegate* unmanaged[Cdecl]<nint, byte*, nint, nint*, nint>)this[OrtFunction.CreateSession];
            Check(create(_environment.DangerousGetHandle(), path, optionsPointer, &session));
        }

        return Own(session, OrtFunction.ReleaseSession);
    }

    internal string[] InputNames(OnnxHandle session) => Names(session, OrtFunction.SessionGetInputCount, OrtFunction.SessionGetInputName);

    internal string[] OutputNames(OnnxHandle session) => Names(session, OrtFunction.SessionGetOutputCount, OrtFunction.SessionGetOutputName);

    /// <summary>Makes a tensor of native memory that stays where it is and outlives the tensor.</summary>
    internal OnnxHandle Tensor(void* data, int byteCount, ReadOnlySpan<long> shape, OnnxElement element)
    {
        nint value;
        fixed (long* dimensions = shape)
        {
            var create = (delegate* unmanaged[Cdecl]<nint, void*, nuint, long*, nuint, int, nint*, nint>)this[OrtFunction.CreateTensorWithDataAsOrtValue];
            Check(create(_cpuMemory.DangerousGetHandle(), data, (nuint)byteCount, dimensions, (nuint)shape.Length, (int)element, &value));
        }

        return Own(value, OrtFunction.ReleaseValue);
    }

    internal void Check(nint status)
    {
        if (status != 0)
            Throw(status);
    }

    public void Dispose()
    {
        _cpuMemory.Dispose();
        _environment.Dispose();
    }

    private void SetOption(OrtFunction function, nint options, int value) =>
        Check(((delegate* unmanaged[Cdecl]<nint, int, nint>)this[function])(options, value));

    private string[] Names(OnnxHandle session, OrtFunction count, OrtFunction name)
    {
        nuint total;
        Check(((delegate* unmanaged[Cdecl]<nint, nuint*, nint>)this[count])(session.DangerousGetHandle(), &total));
        var names = new string[(int)total];
        for (var i = 0; i < names.Length; i++)
        {
            nint text;
            Check(((delegate* unmanaged[Cdecl]<nint, nuint, nint, nint*, nint>)this[name])(session.DangerousGetHandle(), (nuint)i, _allocator, &text));
            names[i] = Marshal.PtrToStringUTF8(text) ?? "";
            Check(((delegate* unmanaged[Cdecl]<nint, nint, nint>)this[OrtFunction.AllocatorFree])(_allocator, text));
        }

        return names;
    }

    private void Throw(nint status)
    {
        var message = Marshal.PtrToStringUTF8(((delegate* unmanaged[Cdecl]<nint, nint>)this[OrtFunction.GetErrorMessage])(status));
        ((delegate* unmanaged[Cdecl]<nint, void>)this[OrtFunction.ReleaseStatus])(status);
        throw new AgentException($"ONNX Runtime failed: {message}");
    }
}
